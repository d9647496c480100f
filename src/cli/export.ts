import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExchangeSummary } from '../shared/exchange.ts';
import { csvHead, csvLine, jsonLine } from '../shared/exchangeLines.ts';
import { toPanelBody } from '../shared/panelBody.ts';
import { optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { tokenHelp, tokenOption, withLogSource, type LogSource } from './logSource.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { CommandFailure, UsageError } from './usageError.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write captured exchanges as HAR 1.2, JSON lines or CSV',
  help: `Usage: tollgate export --har|--jsonl|--csv FILE|- [--filter EXPRESSION] [--token TOKEN] [--config FILE]
                       [--data DIR]

  --har FILE           HAR 1.2; - for standard output. FILE is replaced only once all is written
  --jsonl FILE         JSON lines: an exchange with its bodies a line, the newest first
  --csv FILE           CSV: a row an exchange, without bodies, the newest first
  --filter EXPRESSION  Only what matches; see "tollgate log --help"
${tokenHelp}${placesHelp}
Secrets are not in it: they were taken out before anything was stored.
`,
  options: {
    ...placesOptions,
    ...tokenOption,
    har: { type: 'string' },
    jsonl: { type: 'string' },
    csv: { type: 'string' },
    filter: { type: 'string' },
  },
  operands: 0,
  run: async (options) => {
    const given = (['har', 'jsonl', 'csv'] as const).filter((name) => (optionText(options, name) ?? '') !== '');
    const [kind, ...more] = given;
    if (kind === undefined || more.length > 0)
      throw new UsageError('Name the one file to write with --har, --jsonl or --csv.');
    const file = optionText(options, kind) ?? '';
    await withLogSource(findPlaces(options), options, async (log) => {
      const content = writers[kind](log, optionText(options, 'filter') ?? '');
      if (file === '-') for await (const part of content) await print(part);
      else await replaceFile(path.resolve(file), content);
    });
    if (file !== '-') say(`Written to ${file}.`);
    return 0;
  },
};

const pageSize = 500;

const writers = {
  har: async function* (log: LogSource, filter: string): AsyncIterable<string> {
    yield* await log.exportHar(filter);
  },
  csv: async function* (log: LogSource, filter: string): AsyncIterable<string> {
    yield csvHead;
    for await (const row of matching(log, filter)) yield csvLine(row);
  },
  jsonl: async function* (log: LogSource, filter: string): AsyncIterable<string> {
    for await (const { id } of matching(log, filter)) {
      const exchange = await log.exchange(id);
      if (exchange === null) continue;
      const [request, response] = [await log.body(id, 'request'), await log.body(id, 'response')];
      yield jsonLine(exchange, request ? toPanelBody(request) : null, response ? toPanelBody(response) : null);
    }
  },
};

async function* matching(log: LogSource, filter: string): AsyncIterable<ExchangeSummary> {
  let before: number | null = null;
  for (;;) {
    const more: { readonly before?: number } = before === null ? {} : { before };
    const { rows } = await log.exchanges({ filter, limit: pageSize, total: false, ...more });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    before = last.number;
  }
}

async function replaceFile(file: string, content: AsyncIterable<string>): Promise<void> {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    await pipeline(content, createWriteStream(temporary, { mode: 0o600 }));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new CommandFailure(`${file} cannot be written: ${error.message}`, { cause: error });
  }
}
