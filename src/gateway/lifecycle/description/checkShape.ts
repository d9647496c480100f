import { plain, text } from '../../../shared/text.ts';
import type { MemberProblem } from '../../catalogueProblem.ts';
import { nearestName } from '../../nearestName.ts';
import { schemaTypes, shapes, type Kind, type Shape, type ShapeName } from './shapes.ts';

type Path = MemberProblem['path'];
type Report = (problem: MemberProblem) => void;

/** An object with members, as opposed to lists and to what is no object at all. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Holds a description against the shapes of the specification. */
export function checkShape(value: unknown): readonly MemberProblem[] {
  const problems: MemberProblem[] = [];
  check(value, { shape: 'Document' }, [], (problem) => problems.push(problem));
  return problems;
}

function check(value: unknown, kind: Kind, path: Path, report: Report): void {
  const wrong = (wanted: ReturnType<typeof text>): void =>
    report({ severity: 'error', path, at: 'value', message: plain(wanted) });
  if (kind === 'any') return;
  if (kind === 'object') {
    if (!isRecord(value)) wrong(text('"{0}" has to be an object.', path.at(-1) ?? ''));
    return;
  }
  if (typeof kind === 'string') {
    if (typeof value === kind) return;
    if (kind === 'string' && typeof value === 'number')
      wrong(text('"{0}" has to be text: put it in quotes.', path.at(-1) ?? ''));
    else wrong(text('"{0}" has to be a {1}.', path.at(-1) ?? '', kind));
    return;
  }
  if ('one' in kind) {
    if (typeof value === 'string' && kind.one.includes(value)) return;
    wrong(text('This has to be one of: {0}.', kind.one.join(', ')));
    return;
  }
  if ('list' in kind) {
    if (Array.isArray(value)) value.forEach((item: unknown, index) => check(item, kind.list, [...path, index], report));
    else wrong(text('"{0}" has to be a list.', path.at(-1) ?? ''));
    return;
  }
  if ('map' in kind) {
    checkMap(value, kind, path, report);
    return;
  }
  checkObject(value, kind.shape, path, report);
}

function checkMap(value: unknown, kind: Extract<Kind, { readonly map: Kind }>, path: Path, report: Report): void {
  if (!isRecord(value)) {
    const message = plain(text('"{0}" has to be an object.', path.at(-1) ?? ''));
    report({ severity: 'error', path, at: 'value', message });
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    if (name.startsWith('x-')) continue;
    const problem = keyProblem(name, kind.key);
    if (problem !== null) report({ severity: 'error', path: [...path, name], at: 'name', message: plain(problem) });
    check(member, kind.map, [...path, name], report);
  }
}

function keyProblem(name: string, key: 'path' | 'status' | undefined): ReturnType<typeof text> | null {
  if (key === 'path' && !name.startsWith('/')) return text('A path begins with "/": "/{0}".', name);
  if (key === 'path' && /[?#]/.test(name))
    return text('A path has no query: describe "{0}" among the parameters.', name.replace(/^[^?#]*/, ''));
  if (key === 'status' && !/^(?:default|[1-5]\d\d|[1-5]XX)$/.test(name))
    return text('"{0}" is no status: it is three digits, as in 200, or 4XX, or "default".', name);
  return null;
}

function checkObject(value: unknown, name: ShapeName, path: Path, report: Report): void {
  const shape = shapes[name];
  // JSON Schema has "true" for whatever and "false" for nothing.
  if (name === 'Schema' && typeof value === 'boolean') return;
  if (!isRecord(value)) {
    report({ severity: 'error', path, at: 'value', message: plain(text('Here {0} is expected.', shape.title)) });
    return;
  }
  if (shape.referable && '$ref' in value) {
    check(value.$ref, 'string', [...path, '$ref'], report);
    if (name !== 'Schema' && name !== 'PathItem') return;
  }
  for (const wanted of shape.required ?? [])
    if (value[wanted] === undefined)
      report({
        severity: 'error',
        path: [...path, wanted],
        at: 'name',
        message: plain(text('"{0}" is missing: {1} has to have it.', wanted, shape.title)),
      });
  for (const [member, inner] of Object.entries(value)) {
    const kind = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
    if (kind !== undefined) check(inner, kind, [...path, member], report);
    else if (name === 'Schema' && member === 'type') checkType(inner, [...path, member], report);
    else if (shape.open !== true && !member.startsWith('x-') && member !== '$ref')
      report({ severity: 'error', path: [...path, member], at: 'name', message: unknownMember(member, shape) });
  }
}

function checkType(value: unknown, path: Path, report: Report): void {
  for (const type of Array.isArray(value) ? (value as readonly unknown[]) : [value])
    if (typeof type !== 'string' || !schemaTypes.includes(type)) {
      const message = plain(text('This has to be one of: {0}.', schemaTypes.join(', ')));
      report({ severity: 'error', path, at: 'value', message });
    }
}

function unknownMember(member: string, { title, members }: Shape): string {
  const nearest = nearestName(member, Object.keys(members));
  const sentence = plain(text('There is no "{0}" in {1}.', member, title));
  return nearest === null ? sentence : `${sentence} ${plain(text('Did you mean "{0}"?', nearest))}`;
}
