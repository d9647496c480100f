import type { Cell } from './cell.ts';
import { median } from './median.ts';

/** Rows of text as a table with aligned columns; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n');
}

/** Prints, by client and form, what each column's runtime found, and how many of its lines are exact. */
export function printLines(columns: ReadonlyMap<string, ReadonlyMap<string, Cell>>): void {
  const marks = [...new Set([...columns.values()].flatMap((column) => [...column.keys()]))].sort();
  const rows = marks.map((mark) => [
    ...mark.split('_'),
    ...[...columns.values()].map((column) => column.get(mark) ?? '-'),
  ]);
  console.log(table([['client', 'form', ...columns.keys()], ...rows]));
  for (const [name, column] of columns) {
    const exact = [...column.values()].filter((cell) => cell === 'exact').length;
    console.log(`${name}: ${String(exact)} of ${String(column.size)} forms exact`);
  }
}

/** A row that compares medians without and with the hook. */
export function costRow(
  { name }: { readonly name: string },
  what: string,
  without: readonly number[],
  withHook: readonly number[],
  unit: 'µs' | 'ms',
): string[] {
  const [one, other] = [median(without), median(withHook)];
  const format = (value: number): string => `${value.toFixed(unit === 'µs' ? 0 : 1)} ${unit}`;
  return [name, what, format(one), format(other), format(other - one)];
}
