import { formatUsd } from '../shared/money.ts';
import {
  trendGroupings,
  trendQuery,
  trendRangeNames,
  trendRanges,
  type TrendGrouping,
  type TrendRange,
  type Trends,
  type TrendSeries,
  type TrendSum,
} from '../shared/trends.ts';
import { optionText, type Command, type OptionValues } from './command.ts';
import { fromFolder, printable } from './findingReport.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { tokenHelp, tokenOption, withLogSource } from './logSource.ts';
import { findPlaces, placesOptions } from './places.ts';
import { UsageError } from './usageError.ts';

export const trendsCommand: Command = {
  name: 'trends',
  summary: 'Show calls, errors, durations, tokens and cost over time',
  help: `Usage: tollgate trends [--range RANGE] [--by WHAT] [--json] [--token TOKEN] [--config FILE]
                       [--data DIR]

  --range RANGE  How long back: ${trendRangeNames.join(', ')}; 24h by default
  --by WHAT      Tell calls apart by ${trendGroupings.slice(1).join(', ')}
  --json         Everything as one JSON object, step by step
${tokenHelp}${placesHelp}
The sums are kept for two years, longer than the calls themselves.
`,
  options: {
    ...placesOptions,
    ...tokenOption,
    range: { type: 'string' },
    by: { type: 'string' },
    json: { type: 'boolean' },
  },
  operands: 0,
  run: async (options) => {
    const query = trendQuery(rangeOf(options), groupingOf(options), Date.now());
    const trends = await withLogSource(findPlaces(options), options, async (log) => log.trends(query));
    await print(options.json === true ? `${JSON.stringify(trends)}\n` : trendText(trends, process.cwd()));
    return 0;
  },
};

function rangeOf(options: OptionValues): TrendRange {
  const named = optionText(options, 'range') ?? '24h';
  const range = trendRangeNames.find((one) => one === named);
  if (range === undefined)
    throw new UsageError(`There is no range "${named}". There are ${trendRangeNames.join(', ')}.`);
  return range;
}

function groupingOf(options: OptionValues): TrendGrouping {
  const named = optionText(options, 'by') ?? 'all';
  const grouping = trendGroupings.find((one) => one === named);
  if (grouping === undefined)
    throw new UsageError(`Calls are not told apart by "${named}", but by ${trendGroupings.slice(1).join(', ')}.`);
  return grouping;
}

const header = ['', 'CALLS', 'ERRORS', 'MEDIAN', '90 %', 'TOKENS', 'COST', 'CALLS BEFORE', 'COST BEFORE'];

/** Trends for people: a row for each that calls were told apart by, causes, and the dearest lines. */
export function trendText({ total, series, causes, lines, since, step }: Trends, cwd: string): string {
  const name = ({ key, term }: TrendSeries): string => (term === null ? 'All others' : (key ?? '-'));
  const span = Object.entries(trendRanges).find(
    ([, { steps, minutes }]) => total.points.length === steps && step === minutes * 60_000,
  );
  const rows = [header, ...series.map((one) => cells(name(one), one)), cells(`Last ${span?.[0] ?? ''}`.trim(), total)];
  const told = [`Since ${new Date(since).toISOString()}`, '', ...table(rows)];
  if (causes.length > 0) told.push('', ...table([['CAUSE', 'ERRORS', 'BEFORE'], ...causes.map(causeRow)]));
  if (lines.length > 0)
    told.push(
      '',
      ...table([
        ['LINE', 'COST', 'CALLS', 'ERRORS'],
        ...lines.map(({ file, line, costUsd, calls, errors }) => [
          ...[`${fromFolder(file, cwd)}:${String(line)}`, usd(costUsd), String(calls), String(errors)],
        ]),
      ]),
    );
  return `${told.join('\n')}\n`;
}

function causeRow({ cause, calls, before }: Trends['causes'][number]): readonly string[] {
  return [cause ?? 'not known', String(calls), String(before)];
}

function cells(
  name: string,
  { sum, before }: { readonly sum: TrendSum; readonly before: TrendSum },
): readonly string[] {
  return [
    ...[name, String(sum.calls), String(sum.errors), milliseconds(sum.p50), milliseconds(sum.p90)],
    ...[String(sum.inputTokens + sum.outputTokens), usd(sum.costUsd), String(before.calls), usd(before.costUsd)],
  ];
}

function milliseconds(value: number | null): string {
  return value === null ? '' : value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

function usd(value: number): string {
  return value === 0 ? '' : `$${formatUsd(value)}`;
}

/** The first column to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const printed = rows.map((row) => row.map(printable));
  const widths = (printed[0] ?? []).map((_, column) => Math.max(...printed.map((row) => row[column]?.length ?? 0)));
  return printed.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
