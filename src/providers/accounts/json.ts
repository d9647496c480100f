/** The member at a path within JSON; undefined where there is none. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  return value;
}

/** The elements of a list; none where it is not one. */
export function list(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}

/** A number, or a text that is one. What cannot be read is null, never zero. */
export function number(json: unknown, ...path: readonly (string | number)[]): number | null {
  const value = at(json, ...path);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[-+]?\$?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value))
    return null;
  return Number(value.replace(/[$,\s]/g, ''));
}

/** A text that is not empty. */
export function string(json: unknown, ...path: readonly (string | number)[]): string | null {
  const value = at(json, ...path);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A point in time, in milliseconds since 1970: from RFC 3339 or a date, or from unix seconds or milliseconds. */
export function time(json: unknown, ...path: readonly (string | number)[]): number | null {
  const value = number(json, ...path);
  if (value !== null) return value <= 0 ? null : value < 1e11 ? value * 1000 : value;
  const parsed = Date.parse(string(json, ...path) ?? '');
  return Number.isNaN(parsed) ? null : parsed;
}
