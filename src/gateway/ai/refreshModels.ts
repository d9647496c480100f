import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ChannelError } from '../../shared/channel.ts';
import type { Dialect, ModelRow, ModelsRefreshed, PackedModels, PackedProvider } from '../../shared/models.ts';
import { plain, text } from '../../shared/text.ts';
import { packagedModels } from './modelBook.ts';

/** Where models.dev offers all that it knows (github.com/anomalyco/models.dev, MIT). */
export const modelsUrl = 'https://models.dev/api.json';

const price = z.number().nonnegative().optional();
const model = z.object({
  id: z.string().min(1),
  reasoning: z.boolean().optional(),
  modalities: z.object({ input: z.array(z.string()), output: z.array(z.string()) }).optional(),
  cost: z.object({ input: price, output: price, cache_read: price, cache_write: price }).optional(),
  limit: z.object({ context: z.number().optional(), output: z.number().optional() }).optional(),
});
const provider = z.object({
  name: z.string(),
  env: z.array(z.string()).optional(),
  npm: z.string().optional(),
  api: z.string().optional(),
  models: z.record(z.string(), model),
});
const list = z.record(z.string(), provider);

/** What models.dev calls otherwise than `tollgate.jsonc` does. */
const ownNames: Readonly<Record<string, string>> = {
  google: 'gemini',
  'google-vertex': 'vertex',
  'amazon-bedrock': 'aws-bedrock',
  azure: 'azure-openai',
  moonshotai: 'moonshot',
  'moonshotai-cn': 'moonshot-cn',
  'kimi-for-coding': 'kimi-coding',
  'fireworks-ai': 'fireworks',
  togetherai: 'together',
  'novita-ai': 'novita',
  'alibaba-cn': 'dashscope',
  zhipuai: 'zhipu',
  'zhipuai-coding-plan': 'zhipu-coding-plan',
  opencode: 'opencode-zen',
  vercel: 'vercel-ai-gateway',
};

const dialects: Readonly<Record<string, Dialect>> = {
  '@ai-sdk/anthropic': 'anthropic',
  '@ai-sdk/google': 'gemini',
  '@ai-sdk/mistral': 'mistral',
  '@ai-sdk/cohere': 'cohere',
  '@ai-sdk/amazon-bedrock': 'bedrock',
};

/** Fetches the list, and writes it to `file` in the packaged form. What is known of base URLs and quirks stays. */
export async function refreshModels(file: string, ask: typeof fetch, url = modelsUrl): Promise<ModelsRefreshed> {
  const packed = toPacked(await fetched(ask, url));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(packed));
  await rename(`${file}.new`, file);
  const all = Object.values(packed.providers);
  return { date: packed.date, providers: all.length, models: all.reduce((sum, { models }) => sum + models.length, 0) };
}

async function fetched(ask: typeof fetch, url: string): Promise<z.infer<typeof list>> {
  const answer = await ask(url, { signal: AbortSignal.timeout(60_000) }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : '';
    throw new ChannelError('models_unreachable', plain(text('{0} cannot be reached: {1}', url, why)));
  });
  if (!answer.ok)
    throw new ChannelError('models_unreachable', plain(text('{0} answered {1}.', url, String(answer.status))));
  const parsed = list.safeParse(await answer.json().catch(() => null));
  if (!parsed.success) throw new ChannelError('models_invalid', plain(text('{0} is no list of models.', url)));
  return parsed.data;
}

function toPacked(all: z.infer<typeof list>): PackedModels {
  const own = packagedModels().providers;
  const providers: Record<string, PackedProvider> = {};
  for (const [name, one] of Object.entries(all)) {
    const id = ownNames[name] ?? name;
    const known = own[id];
    const url = known?.url ?? one.api;
    if (url === undefined || !URL.canParse(url)) continue;
    const models = Object.values(one.models).filter(({ modalities }) => modalities?.output.includes('text') !== false);
    const facts = known ?? {
      title: one.name,
      dialect: dialects[one.npm ?? ''] ?? 'openai',
      url,
      env: one.env?.[0] ?? null,
    };
    const exceptions = new Map(known?.models.map((row) => [row[0], row[5]]));
    providers[id] = { ...facts, models: models.map((each) => toRow(each, exceptions.get(each.id))) };
  }
  return { date: new Date().toISOString().slice(0, 10), providers };
}

function toRow(
  { id, limit, modalities, reasoning, cost }: z.infer<typeof model>,
  dialect: Dialect | undefined,
): ModelRow {
  const letters = { image: 'i', audio: 'a', pdf: 'p', video: 'v' };
  const takes = Object.entries(letters).map(([name, letter]) =>
    modalities?.input.includes(name) === true ? letter : '',
  );
  const flags = takes.join('') + (reasoning === true ? 'r' : '');
  const { input = 0, output = 0, cache_read: read = 0, cache_write: write = 0 } = cost ?? {};
  const amounts = [input, output, ...(read > 0 || write > 0 ? [read] : []), ...(write > 0 ? [write] : [])];
  const row = [id, limit?.context ?? 0, limit?.output ?? 0, flags, input + output > 0 ? amounts : null] as const;
  return dialect === undefined ? row : [...row, dialect];
}
