import type { ExchangeSummary } from '../shared/exchange.ts';
import { formatUsd } from '../shared/money.ts';
import { fromFolder, printable } from './findingReport.ts';

export interface TableOptions {
  /** Columns of the terminal; null for no terminal: then nothing is cut. */
  readonly width: number | null;
  readonly cwd: string;
}

const header = ['#', 'TIME', 'STATUS', 'METHOD', 'API', 'URL', 'TIME TAKEN', 'COST', 'CAUSE', 'CALL SITE'];
/** Wide enough to be of use. */
const least = 12;
/** The columns that give way where the terminal is narrow, widest first. */
const elastic: readonly string[] = ['URL', 'CALL SITE'];
const gap = 2;

/** Exchanges as a table for people. Empty without rows, but for a sentence that says so. */
export function logTable(rows: readonly ExchangeSummary[], { width, cwd }: TableOptions): string {
  if (rows.length === 0) return 'No exchanges.\n';
  const all = [header, ...rows.map((row) => cells(row, cwd))];
  // Many APIs do not tell what they cost.
  const kept = header.map((name) => name !== 'COST' || rows.some((row) => costOf(row) !== ''));
  const table = all.map((line) => line.filter((_, column) => kept[column]));
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  if (width !== null) shrink(widths, table[0] ?? [], width);
  return table.map((line) => `${layOut(line, widths)}\n`).join('');
}

function cells(row: ExchangeSummary, cwd: string): readonly string[] {
  const { callSite } = row;
  const site = callSite === null ? '' : `${fromFolder(callSite.file, cwd)}:${String(callSite.line)}`;
  return [
    String(row.number),
    timeOf(row.startedAt),
    row.status === null ? row.state : String(row.status),
    row.method,
    row.api ?? '-',
    row.host + row.path,
    row.duration === null ? '' : durationOf(row.duration),
    costOf(row),
    [...(row.simulated ? ['simulated'] : []), ...(row.diagnosis === null ? [] : [row.diagnosis.cause])].join(' '),
    callSite?.certainty === 'near' ? `near ${site}` : site,
  ].map(printable);
}

/** Local time; with the date where it is not today's. */
function timeOf(at: number): string {
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${String(date.getFullYear())}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${time}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function durationOf(milliseconds: number): string {
  return milliseconds < 1000 ? `${String(Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** With a tilde where it is an estimate; empty where it is not known or nothing. */
function costOf({ costUsd, costEstimated }: ExchangeSummary): string {
  return costUsd === null || costUsd === 0 ? '' : `${costEstimated ? '~' : ''}$${formatUsd(costUsd)}`;
}

function shrink(widths: number[], names: readonly string[], width: number): void {
  for (const column of elastic.map((name) => names.indexOf(name))) {
    const excess = widths.reduce((sum, one) => sum + one + gap, -gap) - width;
    const own = widths[column] ?? 0;
    if (excess > 0) widths[column] = Math.max(Math.min(own, least), own - excess);
  }
}

function layOut(line: readonly string[], widths: readonly number[]): string {
  const spaced = line.map((cell, column) => {
    const width = widths[column] ?? 0;
    return cut(cell, width).padEnd(width);
  });
  return spaced.join(' '.repeat(gap)).trimEnd();
}

/** Both ends tell more than the middle: the host, and the file's name with its line. */
function cut(cell: string, width: number): string {
  if (cell.length <= width) return cell;
  const tail = Math.floor((width - 1) / 2);
  return `${cell.slice(0, width - 1 - tail)}…${cell.slice(cell.length - tail)}`;
}
