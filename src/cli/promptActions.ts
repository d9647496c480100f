import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { promptEnding, type PromptListed, type PromptOutcome, type PromptVariable } from '../shared/prompts.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { fromFolder, printable } from './findingReport.ts';
import { say } from './output.ts';
import type { Places } from './places.ts';
import { CommandFailure, UsageError } from './usageError.ts';

/** What was asked for. */
export interface PromptAsked {
  readonly prompt: string | undefined;
  readonly places: Places;
  readonly json: boolean;
  /** As in `name=value`. */
  readonly variables: readonly string[];
  readonly input: string | null;
  readonly models: readonly string[];
  readonly version: string | null;
}

/** What is printed, and the exit code. */
interface Told {
  readonly text: string;
  readonly code: number;
}

type Action = (api: GatewayApi, asked: PromptAsked) => Promise<Told>;

/** What can be done with prompts, by name. */
export const promptActions: Readonly<Record<string, Action>> = {
  list: async (api, { json }) => {
    const all = await api.prompts();
    return { text: all.map((one) => `${json ? JSON.stringify(one) : printable(listLine(one))}\n`).join(''), code: 0 };
  },
  check: async (api, { prompt, json }) => {
    const files =
      prompt === undefined ? (await api.prompts()).map(({ file }) => file) : [(await fileOf(api, prompt)).file];
    const checks = await Promise.all(files.map(async (file) => ({ file, ...(await api.checkPrompt(file, null)) })));
    const lines = checks.flatMap(({ file, problems }) =>
      problems.map(({ severity, message, start }) => {
        if (json)
          return JSON.stringify({ file, severity, message, line: start.line + 1, character: start.character + 1 });
        const place = `${fromFolder(file, process.cwd())}:${String(start.line + 1)}:${String(start.character + 1)}`;
        return printable(`${place}: ${severity}: ${message}`);
      }),
    );
    const failed = checks.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
    return { text: lines.map((line) => `${line}\n`).join(''), code: failed ? 3 : 0 };
  },
  run: async (api, asked) => {
    if (asked.prompt === undefined) throw new UsageError('Say which prompt: its name, or its file.');
    const found = await fileOf(api, asked.prompt);
    const variables = await valuesOf(asked, found.variables);
    const models = asked.models.length === 0 ? [null] : asked.models;
    const outcomes = await Promise.all(
      models.map((model, index) =>
        api.runPrompt({
          ...{ id: `cli-${String(process.pid)}-${String(index)}`, file: found.file, text: null },
          ...{ version: asked.version, variables, model },
        }),
      ),
    );
    if (!asked.json) for (const outcome of outcomes) say(costLine(outcome));
    return {
      text: outcomes
        .map((outcome) => (asked.json ? `${JSON.stringify(outcome)}\n` : answerText(outcome, outcomes.length)))
        .join(''),
      code: outcomes.some(({ failure }) => failure !== null) ? 3 : 0,
    };
  },
};

async function fileOf(api: GatewayApi, wanted: string): Promise<Pick<PromptListed, 'file' | 'variables'>> {
  const all = await api.prompts();
  const file = path.resolve(wanted);
  const found = all.find((one) => one.name === wanted) ?? all.find((one) => one.file === file);
  if (found !== undefined) return found;
  if (wanted.endsWith(promptEnding) && existsSync(file)) return { file, variables: [] };
  const names = all.map(({ name }) => name).join(', ');
  throw new CommandFailure(
    `There is no prompt "${wanted}". ${names === '' ? 'No file here ends in .prompt.md.' : `There are: ${names}.`}`,
  );
}

async function valuesOf(
  { variables, input }: PromptAsked,
  declared: readonly PromptVariable[],
): Promise<Readonly<Record<string, unknown>>> {
  const values: Record<string, unknown> =
    input === null ? {} : parsed(input === '-' ? await textOf(process.stdin) : input);
  for (const one of variables) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    if (name === '') throw new UsageError(`--var takes NAME=VALUE, not "${one}".`);
    const type = declared.find((variable) => variable.name === name)?.type ?? 'string';
    values[name] = await valueOf(value, type);
  }
  return values;
}

async function valueOf(value: string, type: PromptVariable['type']): Promise<unknown> {
  if (type === 'image' && value.startsWith('@')) {
    const file = value.slice(1);
    const kind = path.extname(file).slice(1).toLowerCase().replace('jpg', 'jpeg');
    return `data:image/${kind};base64,${(await readFile(file)).toString('base64')}`;
  }
  const said = value.startsWith('@') ? await readFile(value.slice(1), 'utf8') : value;
  if (type === 'string' || type === 'image') return said;
  try {
    return JSON.parse(said) as unknown;
  } catch {
    return said;
  }
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw new UsageError('--input takes a JSON object.');
}

function listLine({ name, path: file, published, model, errors }: PromptListed): string {
  const state = errors > 0 ? `${String(errors)} errors` : published ? `POST /prompts/${name}` : 'draft';
  return [name.padEnd(24), (model ?? '-').padEnd(36), state, ` ${file}`].join(' ');
}

function answerText({ model, text, value, failure }: PromptOutcome, models: number): string {
  const head = models === 1 ? '' : `── ${model}\n`;
  if (failure === null) return `${head}${value === null ? text : JSON.stringify(value, null, 2)}\n`;
  say([model, failure.message, failure.hint ?? ''].filter((one) => one !== '').join(': '));
  return models === 1 ? '' : `${head}(failed)\n`;
}

function costLine({ model, costUsd, usage, duration }: PromptOutcome): string {
  const money = costUsd === null ? 'unpriced' : `$${String(costUsd)}`;
  const tokens = usage === null ? '' : `, ${String(usage.inputTokens)} tokens in and ${String(usage.outputTokens)} out`;
  return `${model}: ${money}${tokens}, ${(duration / 1000).toFixed(1)} s`;
}
