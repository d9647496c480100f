import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ChannelError } from '../shared/channel.ts';
import type { CatalogueProblem } from '../shared/catalogue.ts';
import type { ApiLifecycle, DescriptionSource, ImportedDescription, VersionNotice } from '../shared/lifecycle.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { fromFolder, printable } from './findingReport.ts';
import { lifecycleText } from './lifecycleText.ts';
import { loadGateway } from './loadGateway.ts';
import type { Places } from './places.ts';
import { CommandFailure, UsageError } from './usageError.ts';
import { withLog } from './withLog.ts';

/** What was asked for. */
interface Asked {
  readonly api: string | undefined;
  readonly argument: string | undefined;
  readonly places: Places;
  readonly notice: Partial<VersionNotice>;
  readonly filter: string;
  readonly traffic: boolean;
  readonly replace: boolean;
  readonly undo: boolean;
}

/** What is printed, and the exit code where it is not 0. */
interface Told {
  readonly json: unknown;
  readonly text: string;
  readonly code?: number;
}

type Action = (gateway: GatewayApi, asked: Asked) => Promise<Told>;

/** What `tollgate api` can do, by the word for it. */
export const apiActions: Readonly<Record<string, Action | undefined>> = {
  list: async (gateway) => {
    const apis = await gateway.apis();
    return {
      json: apis.map(({ name, title, lifecycle }) => ({ name, title, lifecycle: lifecycle ?? null })),
      text: apis.map(({ name, lifecycle }) => lifecycleText(name, lifecycle)).join(''),
    };
  },
  import: async (gateway, asked) => {
    const api = named(asked.api);
    const source = await sourceOf(api, asked);
    const imported = await gateway.importDescription(api, source, asked.replace).catch((error: unknown) => {
      if (error instanceof ChannelError && error.code === 'draft_exists')
        throw new CommandFailure(`${error.message} Give --replace for that.`, { cause: error });
      throw error;
    });
    return { json: imported, text: importedText(imported) };
  },
  validate: async (gateway, { api }) => {
    if (api === undefined) throw new UsageError('Name a file or an API to validate.');
    const lifecycle = (await gateway.apis()).find(({ name }) => name === api)?.lifecycle;
    const file = lifecycle?.draft ?? path.resolve(api);
    const problems = await gateway.checkDescription(await textOf(file), file);
    const wrong = problems.some(({ severity }) => severity === 'error');
    const text = problems.length === 0 ? `${fromFolder(file, process.cwd())}: nothing is wrong\n` : '';
    return { json: { file, problems }, text: text + problemText(problems, file), code: wrong ? 3 : 0 };
  },
  diff: async (gateway, asked) => {
    const api = named(asked.api);
    const changes = await gateway.descriptionChanges(api);
    const head = `${api}: ${changes.from ?? 'nothing published'} -> ${changes.to}; it might be ${changes.suggested}\n`;
    const lines = changes.changes.map(
      ({ breaking, operation, message }) =>
        `  ${breaking ? 'breaks' : '      '}  ${operation === null || message.startsWith(operation) ? '' : `${operation}: `}${message}\n`,
    );
    return { json: changes, text: head + (lines.length === 0 ? '  no changes\n' : lines.join('')) };
  },
  publish: async (gateway, { api, argument }) => {
    const name = named(api);
    return standing(name, await gateway.publishDescription(name, argument ?? null));
  },
  rollback: async (gateway, { api, argument }) => {
    const name = named(api);
    return standing(name, await gateway.rollBackDescription(name, argument ?? null));
  },
  deprecate: async (gateway, { api, argument, undo, notice }) => {
    const [name, version] = [named(api), versioned(argument)];
    return standing(name, await gateway.deprecateVersion(name, version, undo ? null : notice));
  },
  retire: async (gateway, { api, argument, undo, notice }) => {
    const [name, version] = [named(api), versioned(argument)];
    return standing(name, await gateway.retireVersion(name, version, undo ? null : notice));
  },
};

function standing(name: string, lifecycle: ApiLifecycle): Told {
  return { json: lifecycle, text: lifecycleText(name, lifecycle) };
}

function named(api: string | undefined): string {
  if (api === undefined) throw new UsageError('Name the API, as in the configuration.');
  return api;
}

function versioned(version: string | undefined): string {
  if (version === undefined) throw new UsageError('Name the version.');
  return version;
}

/** Captured calls are read from the log that belongs to the configuration, whether a gateway runs or not. */
async function sourceOf(api: string, { argument, traffic, filter, places }: Asked): Promise<DescriptionSource> {
  if (traffic) {
    const { sampleCalls } = await loadGateway();
    return { kind: 'calls', calls: await withLog(places.dataDirectory, (log) => sampleCalls(log, api, filter)) };
  }
  if (argument === undefined) throw new UsageError('Name the file or URL to import, or give --traffic.');
  if (/^https?:\/\//i.test(argument)) return { kind: 'url', url: argument };
  return { kind: 'text', text: await textOf(path.resolve(argument)), name: argument };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read. Is it there?`, { cause: error });
  }
}

function importedText({ draft, operations, calls, problems }: ImportedDescription): string {
  const from = calls === null ? '' : ` from ${String(calls)} calls`;
  const what = operations === 1 ? '1 operation' : `${String(operations)} operations`;
  return `${fromFolder(draft, process.cwd())}: ${what}${from}\n${problemText(problems, draft)}`;
}

function problemText(problems: readonly CatalogueProblem[], file: string): string {
  const name = fromFolder(file, process.cwd());
  return problems
    .map(({ severity, message, start }) => {
      const place = `${name}:${String(start.line + 1)}:${String(start.character + 1)}`;
      return `${printable(`${place}: ${severity}: ${message}`)}\n`;
    })
    .join('');
}
