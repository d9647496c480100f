import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { CommandFailure, UsageError } from './usageError.ts';
import { withLog } from './withLog.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write captured exchanges as HAR 1.2',
  help: `Usage: tollgate export --har FILE|- [--filter EXPRESSION] [--config FILE] [--data DIR]

  --har FILE           Where to; - for standard output. FILE is replaced only once all is written
  --filter EXPRESSION  Only what matches; see "tollgate log --help"
${placesHelp}
Secrets are not in it: they were taken out before anything was stored.
`,
  options: { ...placesOptions, har: { type: 'string' }, filter: { type: 'string' } },
  operands: 0,
  run: async (options) => {
    const file = optionText(options, 'har');
    if (file === undefined || file === '') throw new UsageError('Name the file to write with --har.');
    const { dataDirectory } = findPlaces(options);
    await withLog(dataDirectory, async (log) => {
      const har = log.exportHar(optionText(options, 'filter') ?? '');
      if (file === '-') for (const part of har) await print(part);
      else await replaceFile(path.resolve(file), har);
    });
    if (file !== '-') say(`Written to ${file}.`);
    return 0;
  },
};

async function replaceFile(file: string, content: Iterable<string>): Promise<void> {
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
