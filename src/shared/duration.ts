import * as z from 'zod';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A span of time as people write it in `tollgate.jsonc`: `30s`, `15m`, `12h`, `30d`, `2w`. */
export const durationMember = z
  .string()
  .regex(/^[1-9]\d{0,5}[smhdw]$/, 'A span of time is a number and s, m, h, d or w, as in "15m" or "30d".');

/** The milliseconds of such a span; 0 for anything else. */
export function milliseconds(duration: string): number {
  const [, count = '0', unit = ''] = /^(\d+)([smhdw])$/.exec(duration) ?? [];
  return Number(count) * (units[unit] ?? 0);
}
