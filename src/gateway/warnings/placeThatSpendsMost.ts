import type { CallSite } from '../../shared/callSite.ts';
import type { Spending } from '../../shared/protocol.ts';

/** The line that uses up most of what is counted in that unit; null where no line is known. */
export function placeThatSpendsMost(byLine: readonly Spending[], unit: string): CallSite | null {
  const measures: readonly ((spending: Spending) => number)[] =
    unit === 'tokens'
      ? [({ tokens }) => tokens, ({ calls }) => calls]
      : unit === 'requests'
        ? [({ calls }) => calls]
        : [({ costUsd }) => costUsd, ({ tokens }) => tokens, ({ calls }) => calls];
  const known = byLine.filter(({ key }) => key !== null);
  for (const measure of measures) {
    const [most] = known.toSorted((a, b) => measure(b) - measure(a));
    if (most !== undefined && measure(most) > 0) return toCallSite(most.key ?? '');
  }
  return null;
}

/** `file:line`; the file may have colons of its own. */
function toCallSite(key: string): CallSite | null {
  const [, file, line] = /^(.*):(\d+)$/s.exec(key) ?? [];
  if (file === undefined || line === undefined) return null;
  return { file, line: Number(line), column: 1, function: null, certainty: 'exact' };
}
