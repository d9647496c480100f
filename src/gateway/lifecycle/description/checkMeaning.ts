import { plain, text } from '../../../shared/text.ts';
import type { MemberProblem } from '../../catalogueProblem.ts';
import { nearestName } from '../../nearestName.ts';
import { isRecord } from './checkShape.ts';
import { listOperations, parametersOf, resolved } from './operations.ts';

/** What the shapes alone do not tell: references that lead nowhere, parameters that do not fit, paths that collide. */
export function checkMeaning(description: Readonly<Record<string, unknown>>): readonly MemberProblem[] {
  return [
    ...checkReferences(description, description, []),
    ...checkPaths(description),
    ...checkOperationIds(description),
    ...checkParameters(description),
  ];
}

type Path = MemberProblem['path'];

function checkReferences(root: unknown, value: unknown, path: Path): readonly MemberProblem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => checkReferences(root, item, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    // What an example holds is nobody's reference.
    if (name === 'example' || name === 'examples' || name === 'default' || name === 'enum') return [];
    if (name === '$ref' && typeof member === 'string') return referenceProblem(root, member, [...path, name]);
    return checkReferences(root, member, [...path, name]);
  });
}

function referenceProblem(root: unknown, reference: string, path: Path): readonly MemberProblem[] {
  if (!reference.startsWith('#')) {
    const message = text('Tollgate reads one file: put what "{0}" names under "components".', reference);
    return [{ severity: 'warning', path, at: 'value', message: plain(message) }];
  }
  if (resolved(root, { $ref: reference }) !== undefined) return [];
  const [, kind = '', name = ''] = /^#\/components\/([^/]+)\/(.+)$/.exec(reference) ?? [];
  const there = resolved(root, { $ref: `#/components/${kind}` });
  const nearest = isRecord(there) ? nearestName(name, Object.keys(there)) : null;
  const sentence = plain(text('There is nothing at "{0}".', reference));
  const hint = nearest === null ? '' : ` ${plain(text('Did you mean "{0}"?', nearest))}`;
  return [{ severity: 'error', path, at: 'value', message: sentence + hint }];
}

function checkPaths({ paths }: Readonly<Record<string, unknown>>): readonly MemberProblem[] {
  const seen = new Map<string, string>();
  return Object.keys(isRecord(paths) ? paths : {}).flatMap((template): MemberProblem[] => {
    const path = ['paths', template];
    if (/\{[^{}/]*[{/]|\{$|\{[^}]*$|^[^{]*\}/.test(template) || template.includes('{}')) {
      const message = plain(text('The braces of "{0}" do not match: a parameter is written {name}.', template));
      return [{ severity: 'error', path, at: 'name', message }];
    }
    const shape = template.replace(/\{[^{}]*\}/g, '{}');
    const other = seen.get(shape);
    seen.set(shape, template);
    if (other === undefined) return [];
    const message = plain(text('"{0}" matches the same calls as "{1}".', template, other));
    return [{ severity: 'error', path, at: 'name', message }];
  });
}

function checkOperationIds(description: Readonly<Record<string, unknown>>): readonly MemberProblem[] {
  const seen = new Map<string, string>();
  return listOperations(description).flatMap(({ id, method, template, path }): MemberProblem[] => {
    if (id === null) return [];
    const other = seen.get(id);
    seen.set(id, `${method} ${template}`);
    if (other === undefined) return [];
    const message = plain(text('The operationId "{0}" is that of {1} already.', id, other));
    return [{ severity: 'error', path: [...path, 'operationId'], at: 'value', message }];
  });
}

function checkParameters(description: Readonly<Record<string, unknown>>): readonly MemberProblem[] {
  return listOperations(description).flatMap((operation): MemberProblem[] => {
    const wanted = [...operation.template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
    const parameters = parametersOf(description, operation);
    const given = parameters.flatMap(({ value }) => (value.in === 'path' ? [String(value.name)] : []));
    const undeclared = wanted.filter((name) => !given.includes(name));
    const problems = undeclared.map((name): MemberProblem => {
      const message = plain(
        text('The path parameter "{0}" of {1} is not among "parameters".', name, operation.template),
      );
      return { severity: 'error', path: operation.path, at: 'name', message };
    });
    for (const { value, path } of parameters) {
      if (value.in !== 'path') continue;
      if (!wanted.includes(String(value.name)))
        problems.push({
          severity: 'error',
          path,
          at: 'name',
          message: plain(text('"{0}" is no part of the path {1}.', String(value.name), operation.template)),
        });
      if (value.required !== true)
        problems.push({
          severity: 'error',
          path,
          at: 'name',
          message: plain(text('A path parameter needs "required": true; "{0}" has not.', String(value.name))),
        });
    }
    return problems;
  });
}
