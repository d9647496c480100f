import type { ExchangeSummary } from '../shared/exchange.ts';
import { filterFields } from '../shared/filterFields.ts';
import { plain } from '../shared/text.ts';
import { optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { logTable } from './logTable.ts';
import { tokenHelp, tokenOption, withLogSource, type LogSource } from './logSource.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { UsageError } from './usageError.ts';

const defaultLimit = 100;
const pageSize = 500;

export const logCommand: Command = {
  name: 'log',
  summary: 'Show captured exchanges, the newest last',
  help: `Usage: tollgate log [--filter EXPRESSION] [--limit N] [--json] [--token TOKEN] [--config FILE]
                    [--data DIR]

  --filter EXPRESSION  Only what matches, as in: status>=400 api:openrouter cause:insufficient_funds since:1h
  --limit N            The newest N; ${String(defaultLimit)} by default, 0 for all
  --json               One JSON object a line instead of a table
${tokenHelp}${placesHelp}
An expression is made of terms, put together with "and" (or nothing), "or", "not" (or -) and parentheses.
Bare words are looked for in method, host, path, model, API and cause. The terms:
${filterFields.map(({ name, help }) => `  ${name.padEnd(14)} ${plain(help)}\n`).join('')}`,
  options: {
    ...placesOptions,
    ...tokenOption,
    filter: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  },
  operands: 0,
  run: async (options) => {
    const limit = limitOf(optionText(options, 'limit'));
    const filter = optionText(options, 'filter') ?? '';
    const rows = await withLogSource(findPlaces(options), options, (log) => newest(log, filter, limit));
    if (options.json === true) for (const row of rows) await print(`${JSON.stringify(row)}\n`);
    else
      await print(logTable(rows, { width: process.stdout.isTTY ? process.stdout.columns : null, cwd: process.cwd() }));
    return 0;
  },
};

/** Oldest first. */
async function newest(log: LogSource, filter: string, limit: number): Promise<readonly ExchangeSummary[]> {
  const found: ExchangeSummary[] = [];
  while (found.length < limit) {
    const last = found.at(-1);
    const wanted = Math.min(pageSize, limit - found.length);
    const before = last === undefined ? {} : { before: last.number };
    const { rows } = await log.exchanges({ filter, limit: wanted, ...before });
    if (rows.length === 0) break;
    found.push(...rows);
  }
  return found.reverse();
}

function limitOf(value: string | undefined): number {
  if (value === undefined) return defaultLimit;
  if (!/^\d+$/.test(value)) throw new UsageError(`"${value}" is no limit. It is a whole number; 0 means all.`);
  return Number(value) === 0 ? Infinity : Number(value);
}
