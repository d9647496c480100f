import type { ListedModel } from '../../shared/models.ts';
import type { Credentials, ResolvedApi } from '../parts.ts';
import type { ModelRoute } from '../modelRoutes/modelRoute.ts';
import type { Routes } from '../route.ts';
import { infoOf, providerOf } from './findTarget.ts';
import type { ModelBook } from './modelBook.ts';

/** All models that are known: of declared APIs first, and of providers that could be added. */
export function listModels(
  { apis, aliases }: Pick<Routes, 'apis' | 'aliases'>,
  book: ModelBook,
  credentials: Pick<Credentials, 'state'>,
): readonly ListedModel[] {
  const declared = [...apis.values()].map((api) => ({ api, provider: providerOf(api, book) }));
  const taken = new Set(declared.map(({ provider }) => provider.id));
  const own = declared.flatMap(({ api, provider }) => {
    const ready = isReady(api, credentials);
    const ids = new Set([...book.models(provider.id).map(({ id }) => id), ...Object.keys(api.ai?.models ?? {})]);
    return [...ids].flatMap((id): readonly ListedModel[] => {
      const info = infoOf(api, provider, id, book);
      return info === null ? [] : [{ ...info, name: `${api.name}/${id}`, api: api.name, provider: provider.id, ready }];
    });
  });
  const others = book.providers
    .filter(({ id }) => !taken.has(id))
    .flatMap(({ id: provider }) =>
      book
        .models(provider)
        .map((info): ListedModel => ({ ...info, name: `${provider}/${info.id}`, api: null, provider, ready: false })),
    );
  return [...[...aliases.values()].flatMap((one) => aliasOf(one, book, credentials)), ...own, ...others];
}

/** An alias is what its first target is, and ready where any of them is. */
function aliasOf(
  { name, steps }: ModelRoute,
  book: ModelBook,
  credentials: Pick<Credentials, 'state'>,
): readonly ListedModel[] {
  const targets = steps.flat();
  const [first] = targets;
  if (first === undefined) return [];
  const [api] = first.apis;
  const provider = providerOf(api, book);
  const known = infoOf(api, provider, first.model, book);
  const info = known ?? { id: first.model, context: null, output: null, input: [], reasoning: false, price: null };
  const ready = targets.some(({ apis }) => apis.some((one) => isReady(one, credentials)));
  const stands = targets.map(({ apis: [one], model }) => `${one.name}/${model}`);
  return [{ ...info, id: name, name, api: api.name, provider: provider.id, ready, targets: stands }];
}

/** Whether calls to an API can be paid for: its credential is in hand, or it takes none. */
function isReady(api: ResolvedApi, credentials: Pick<Credentials, 'state'>): boolean {
  const { kind } = credentials.state(api);
  return kind === 'none' || kind === 'ready' || kind === 'refreshing';
}

/** A model as `GET /v1/models` tells it, for OpenAI's SDK and Anthropic's alike. */
export function modelObject({ name, provider, context, output, input, reasoning, price, ready }: ListedModel): object {
  return {
    id: name,
    object: 'model',
    type: 'model',
    display_name: name,
    created: 0,
    created_at: '1970-01-01T00:00:00Z',
    owned_by: provider,
    context_window: context,
    max_output_tokens: output,
    modalities: ['text', ...input],
    reasoning,
    pricing: price === null ? null : { currency: 'USD', unit: '1M tokens', ...price },
    ready,
  };
}
