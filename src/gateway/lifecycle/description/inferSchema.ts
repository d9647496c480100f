import { looksVariable } from './inferTemplates.ts';

/** What was seen of a value over several calls: its types and members, never the value itself. */
export interface Seen {
  readonly types: Set<string>;
  /** How often it was an object. */
  objects: number;
  readonly members: Map<string, { readonly seen: Seen; count: number }>;
  items: Seen | null;
  /** The format that all its texts had; null where they had none in common. */
  format: string | null | undefined;
}

/** Beyond this, members are keys of a dictionary rather than names. */
const mostMembers = 100;
const deepest = 12;

export function nothingSeen(): Seen {
  return { types: new Set(), objects: 0, members: new Map(), items: null, format: undefined };
}

/** Adds a value to what was seen. */
export function see(seen: Seen, value: unknown, depth = 0): void {
  seen.types.add(typeOf(value));
  if (depth > deepest) return;
  if (typeof value === 'string') {
    const format = formatOf(value);
    seen.format = seen.format === undefined || seen.format === format ? format : null;
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) see((seen.items ??= nothingSeen()), item, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    seen.objects++;
    for (const [name, member] of Object.entries(value)) {
      const known = seen.members.get(name) ?? { seen: nothingSeen(), count: 0 };
      known.count++;
      seen.members.set(name, known);
      see(known.seen, member, depth + 1);
    }
  }
}

/** The JSON Schema (2020-12, as OpenAPI 3.1 has it) of what was seen. */
export function toSchema(seen: Seen): Readonly<Record<string, unknown>> {
  const types = [...seen.types].filter((type) => !(type === 'integer' && seen.types.has('number'))).sort();
  const known = types.filter((type) => type !== 'null');
  if (known.length === 0) return types.length === 0 ? {} : { type: 'null' };
  return {
    type: types.length === 1 ? types[0] : [...known, ...(types.includes('null') ? ['null'] : [])],
    ...(seen.types.has('string') && typeof seen.format === 'string' ? { format: seen.format } : {}),
    ...(seen.types.has('object') ? objectMembers(seen) : {}),
    ...(seen.types.has('array') && seen.items !== null ? { items: toSchema(seen.items) } : {}),
  };
}

function objectMembers({ members, objects }: Seen): Readonly<Record<string, unknown>> {
  const names = [...members.keys()];
  if (names.length > mostMembers || (names.length > 0 && names.every(looksVariable))) {
    const merged = nothingSeen();
    for (const { seen } of members.values()) merge(merged, seen);
    return { additionalProperties: toSchema(merged) };
  }
  if (names.length === 0) return {};
  const required = names.filter((name) => members.get(name)?.count === objects);
  return {
    properties: Object.fromEntries([...members].map(([name, { seen }]) => [name, toSchema(seen)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

function merge(into: Seen, from: Seen): void {
  for (const type of from.types) into.types.add(type);
  into.objects += from.objects;
  into.format = into.format === undefined ? from.format : into.format === from.format ? into.format : null;
  for (const [name, { seen, count }] of from.members) {
    const known = into.members.get(name) ?? { seen: nothingSeen(), count: 0 };
    known.count += count;
    merge(known.seen, seen);
    into.members.set(name, known);
  }
  if (from.items !== null) merge((into.items ??= nothingSeen()), from.items);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const formats: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i, 'date-time'],
  [/^\d{4}-\d\d-\d\d$/, 'date'],
  [/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'uuid'],
  [/^https?:\/\/\S+$/i, 'uri'],
  [/^[^\s@]{1,64}@[^\s@]+\.[a-z]{2,}$/i, 'email'],
];

function formatOf(value: string): string | null {
  return value.length > 2000 ? null : (formats.find(([pattern]) => pattern.test(value))?.[1] ?? null);
}
