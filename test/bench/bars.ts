/** What a number has to be at least, or at most. */
export interface Bar {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly is: 'at least' | 'at most';
}

/** Whether a number is as good as it has to be; one that could not be measured is not. */
export function isMet({ value, limit, is }: Bar): boolean {
  return is === 'at least' ? value >= limit : value <= limit;
}

/** A table of bars; those that are missed say so. */
export function barTable(bars: readonly Bar[]): string {
  const width = Math.max(...bars.map(({ what }) => what.length));
  return bars
    .map((bar) => {
      const value = `${shown(bar.value)} ${bar.unit}`.trim().padStart(12);
      const limit = `${bar.is} ${shown(bar.limit)} ${bar.unit}`.trim().padEnd(20);
      return `${bar.what.padEnd(width)}  ${value}  ${limit}  ${isMet(bar) ? 'met' : 'MISSED'}`;
    })
    .join('\n');
}

/** A number with as many digits as say something. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Math.round(value * 100) / 100);
}
