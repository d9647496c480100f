import type { PanelString } from '../../src/shared/panelStrings.ts';
import type { LogSort } from '../../src/shared/protocol.ts';

/** A column of the log. Widths are pixels; the one without takes what is left. */
export interface Column {
  readonly name: LogSort['by'];
  readonly title: PanelString;
  readonly width: number | null;
  readonly align: 'start' | 'end';
  /** Where room is scarce, columns with smaller ranks go first. */
  readonly rank: number;
}

/** Every column, in the usual order. */
export const allColumns: readonly Column[] = [
  { name: 'number', title: 'columnNumber', width: 58, align: 'end', rank: 7 },
  { name: 'time', title: 'columnTime', width: 104, align: 'start', rank: 4 },
  { name: 'method', title: 'columnMethod', width: 62, align: 'start', rank: 5 },
  { name: 'api', title: 'columnApi', width: 100, align: 'start', rank: 2 },
  { name: 'url', title: 'columnUrl', width: null, align: 'start', rank: 10 },
  { name: 'status', title: 'columnStatus', width: 186, align: 'start', rank: 9 },
  { name: 'cause', title: 'columnCause', width: 156, align: 'start', rank: 8 },
  { name: 'line', title: 'columnLine', width: 128, align: 'start', rank: 6 },
  { name: 'model', title: 'columnModel', width: 128, align: 'start', rank: 0 },
  { name: 'duration', title: 'columnDuration', width: 76, align: 'end', rank: 3 },
  { name: 'cost', title: 'columnCost', width: 76, align: 'end', rank: 2 },
  { name: 'size', title: 'columnSize', width: 72, align: 'end', rank: 1 },
];

/** The narrowest that the column without a width may become. */
const leastRest = 170;

/** The narrowest that any column can be made. */
export const leastWidth = 36;

/** The columns that fit into `room` pixels, each with its width, null for the one that takes the rest. */
export function fittingColumns(
  room: number,
  resized: Readonly<Record<string, number>>,
  chosen: readonly string[] | null = null,
): readonly (Column & { readonly resized: boolean })[] {
  const wanted = chosen === null ? allColumns : chosenColumns(chosen);
  const columns = wanted.map((column) => {
    const width = column.width === null ? null : (resized[column.name] ?? column.width);
    return { ...column, width, resized: column.name in resized };
  });
  const leaving = new Set<string>();
  let needed = columns.reduce((sum, { width }) => sum + (width ?? leastRest), 0);
  for (const { name, width, rank } of [...columns].sort((a, b) => a.rank - b.rank)) {
    // The three that say what happened stay, and the table scrolls.
    // What a person chose stays anyway.
    if (needed <= room || rank >= 8 || chosen !== null) break;
    leaving.add(name);
    needed -= width ?? 0;
  }
  return columns.filter(({ name }) => !leaving.has(name));
}

/** The columns by their names, in that order; the one that takes the rest is never missing. */
function chosenColumns(names: readonly string[]): readonly Column[] {
  const columns = names.flatMap((name) => allColumns.find((column) => column.name === name) ?? []);
  const url = allColumns.find(({ width }) => width === null);
  return url === undefined || columns.includes(url) ? columns : [...columns, url];
}

/** The columns as a CSS grid. */
export function gridTemplate(columns: readonly Column[]): string {
  return columns.map(({ width }) => (width === null ? 'minmax(0, 1fr)' : `${width}px`)).join(' ');
}

/** The narrowest that the columns can be together; below it the table scrolls sideways. */
export function leastTableWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + (width ?? leastRest), 0);
}
