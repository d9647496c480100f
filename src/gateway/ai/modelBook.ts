import { readFileSync } from 'node:fs';
import type {
  Dialect,
  ModelInfo,
  ModelProvider,
  ModelRow,
  PackedModels,
  PackedProvider,
  Quirk,
} from '../../shared/models.ts';

/** Providers of models, from the file that comes with Tollgate or a newer one in the data folder. */
export interface ModelBook {
  /** The day the data was made, as in `2026-11-22`. */
  readonly date: string;
  readonly providers: readonly ModelProvider[];
  provider(id: string): ModelProvider | null;
  /** The provider whose base URL is at that host; of several, the one whose path fits best. */
  providerAt(url: URL): ModelProvider | null;
  models(provider: string): readonly ModelInfo[];
  model(provider: string, id: string): ModelInfo | null;
}

/** It lies beside this file, and beside the bundle. */
const packaged = new URL('./models.json', import.meta.url);

/** Reads the packaged file; `refreshed` names one that counts where it is there, can be read and is no older. */
export function readModelBook(refreshed: string | null): ModelBook {
  const own = JSON.parse(readFileSync(packaged, 'utf8')) as PackedModels;
  const other = refreshed === null ? null : readOther(refreshed);
  return toBook(other !== null && other.date >= own.date ? merged(own, other) : own);
}

/** The packaged models, for those who make a newer file of them. */
export function packagedModels(): PackedModels {
  return JSON.parse(readFileSync(packaged, 'utf8')) as PackedModels;
}

function readOther(file: string): PackedModels | null {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<PackedModels>;
    return typeof value.date === 'string' && typeof value.providers === 'object' ? (value as PackedModels) : null;
  } catch {
    return null;
  }
}

function merged(own: PackedModels, other: PackedModels): PackedModels {
  return { date: other.date, providers: { ...own.providers, ...other.providers } };
}

function toBook({ date, providers: packed }: PackedModels): ModelBook {
  const providers = new Map(Object.entries(packed).map(([id, one]) => [id, toProvider(id, one)]));
  const models = new Map<string, ReadonlyMap<string, ModelInfo>>();
  const modelsOf = (id: string): ReadonlyMap<string, ModelInfo> => {
    let known = models.get(id);
    if (known === undefined) {
      known = new Map((packed[id]?.models ?? []).map((row) => [row[0], toModel(row)]));
      models.set(id, known);
    }
    return known;
  };
  return {
    date,
    providers: [...providers.values()],
    provider: (id) => providers.get(id) ?? null,
    providerAt: (url) => {
      const fits = [...providers.values()].filter((one) => new URL(one.url).host === url.host);
      const path = (one: ModelProvider): string => new URL(one.url).pathname;
      return fits.find((one) => path(one) === url.pathname) ?? fits[0] ?? null;
    },
    models: (id) => [...modelsOf(id).values()],
    model: (provider, id) => modelsOf(provider).get(id) ?? null,
  };
}

function toProvider(id: string, { title, dialect, url, env, also = {}, quirks = [] }: PackedProvider): ModelProvider {
  return { id, title, dialect, url, env, also, quirks: quirks as readonly Quirk[] };
}

const inputs = [
  ['i', 'image'],
  ['a', 'audio'],
  ['p', 'pdf'],
  ['v', 'video'],
] as const;

function toModel([id, context, output, flags, price, dialect]: ModelRow): ModelInfo {
  const [input, out, cacheRead, cacheWrite] = price ?? [];
  return {
    id,
    context: context === 0 ? null : context,
    output: output === 0 ? null : output,
    input: inputs.flatMap(([flag, name]) => (flags.includes(flag) ? [name] : [])),
    reasoning: flags.includes('r'),
    price:
      input === undefined || out === undefined
        ? null
        : {
            input,
            output: out,
            ...(cacheRead === undefined ? {} : { cacheRead }),
            ...(cacheWrite === undefined ? {} : { cacheWrite }),
          },
    ...(dialect === undefined ? {} : { dialect: dialect satisfies Dialect }),
  };
}
