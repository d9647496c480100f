import { decoded } from './names.ts';
import { isRecord } from './checkShape.ts';
import { describedMethods } from './shapes.ts';

type Members = Readonly<Record<string, unknown>>;

/** One operation of a description, and where it stands in it. */
export interface Operation {
  /** In upper case. */
  readonly method: string;
  readonly template: string;
  readonly id: string | null;
  readonly deprecated: boolean;
  readonly path: readonly (string | number)[];
  readonly value: Members;
  readonly item: Members;
}

/** All operations, in the order of the description. */
export function listOperations(description: Members): readonly Operation[] {
  const { paths } = description;
  return Object.entries(isRecord(paths) ? paths : {}).flatMap(([template, declared]) => {
    const item = resolved(description, declared);
    if (!isRecord(item)) return [];
    return describedMethods.flatMap((method): Operation[] => {
      const value = item[method];
      if (!isRecord(value)) return [];
      return [
        {
          method: method.toUpperCase(),
          template,
          id: typeof value.operationId === 'string' ? value.operationId : null,
          deprecated: value.deprecated === true,
          path: ['paths', template, method],
          value,
          item,
        },
      ];
    });
  });
}

/** The parameters of an operation, those of its path included where it has none of that name itself. */
export function parametersOf(
  description: Members,
  { value, item, path }: Operation,
): readonly { readonly value: Members; readonly path: readonly (string | number)[] }[] {
  const listed = (from: unknown, at: readonly (string | number)[]) =>
    (Array.isArray(from) ? (from as readonly unknown[]) : []).flatMap((one, index) => {
      const parameter = resolved(description, one);
      return isRecord(parameter) ? [{ value: parameter, path: [...at, 'parameters', index] }] : [];
    });
  const own = listed(value.parameters, path);
  const shared = listed(item.parameters, path.slice(0, 2));
  const keyOf = (parameter: Members): string => `${String(parameter.in)} ${String(parameter.name)}`;
  const keys = new Set(own.map((one) => keyOf(one.value)));
  return [...own, ...shared.filter((one) => !keys.has(keyOf(one.value)))];
}

/** Follows references within the document (RFC 6901); undefined where they lead nowhere, or in a circle. */
export function resolved(root: unknown, value: unknown): unknown {
  let current = value;
  for (let steps = 0; steps < 20; steps++) {
    if (!isRecord(current) || typeof current.$ref !== 'string') return current;
    if (!current.$ref.startsWith('#')) return undefined;
    current = pointedAt(root, current.$ref.slice(1));
  }
  return undefined;
}

function pointedAt(root: unknown, pointer: string): unknown {
  let current = root;
  for (const step of pointer === '' ? [] : pointer.slice(1).split('/')) {
    const name = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current)) current = (current as readonly unknown[])[Number(name)];
    else if (isRecord(current) && Object.hasOwn(current, name)) current = current[name];
    else return undefined;
  }
  return current;
}
