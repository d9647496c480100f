import type { Failure } from '../../shared/exchange.ts';
import type { Dialect, ModelInfo, ModelProvider } from '../../shared/models.ts';
import { plain, text } from '../../shared/text.ts';
import { nearestName } from '../nearestName.ts';
import type { ResolvedApi } from '../parts.ts';
import type { ModelBook } from './modelBook.ts';
import type { Operation } from './operations.ts';

/** Where a request for a model goes. */
export interface Target {
  readonly api: ResolvedApi;
  readonly provider: ModelProvider;
  /** As the vendor knows it. */
  readonly model: string;
  /** Null where nothing is known of it. */
  readonly info: ModelInfo | null;
  readonly dialect: Dialect;
  /** What stands between the API's upstream URL and an operation, as in `/v1`. */
  readonly prefix: string;
}

const dialectOf: Readonly<Record<Operation, Dialect>> = {
  chat: 'openai',
  completions: 'openai',
  embeddings: 'openai',
  images: 'openai',
  audio: 'openai',
  moderations: 'openai',
  responses: 'responses',
  messages: 'anthropic',
  countTokens: 'anthropic',
};

/**
 * Finds the API that a model's name means: `<api>/<model>`, `<provider>/<model>`, or a bare name that just one declared
 * API is known to have. The dialect is that of the operation where the vendor speaks it, else the vendor's own.
 */
export function findTarget(
  name: string,
  operation: Operation,
  apis: ReadonlyMap<string, ResolvedApi>,
  book: ModelBook,
): Target | Failure {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const api = apis.get(first) ?? apiOfProvider(first, apis, book);
  if (api !== null) return targetAt(api, name.slice(slash + 1), operation, book);
  const holders = [...apis.values()].filter((one) => infoOf(one, providerOf(one, book), name, book) !== null);
  const [only, another] = holders;
  if (only !== undefined && another === undefined) return targetAt(only, name, operation, book);
  return unknownModel(name, first, holders, apis, book);
}

/** What is known of the provider behind an API; what the catalogue says of it counts most. */
export function providerOf(api: ResolvedApi, book: ModelBook): ModelProvider {
  const known = (api.provider === null ? null : book.provider(api.provider.id)) ?? book.providerAt(api.upstream);
  const bare = api.upstream.pathname === '/' ? '/v1' : '';
  const url = `${api.upstream.href.replace(/\/$/, '')}${bare}`;
  const found: ModelProvider = known ?? {
    ...{ id: api.name, title: api.title, dialect: 'openai', url, env: null, also: {}, quirks: [] },
  };
  return api.ai?.dialect === undefined ? found : { ...found, dialect: api.ai.dialect, also: {} };
}

/** What is known of a model; null where that is nothing. */
export function infoOf(api: ResolvedApi, provider: ModelProvider, model: string, book: ModelBook): ModelInfo | null {
  const known = book.model(provider.id, model);
  const said = api.ai?.models?.[model];
  if (said === undefined) return known;
  const { price, ...rest } = said;
  const base: ModelInfo = known ?? { id: model, context: null, output: null, input: [], reasoning: false, price: null };
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...base, ...given, ...(price === undefined ? {} : { price: price as NonNullable<ModelInfo['price']> }) };
}

/** A model at an API that is named outright. */
export function targetAt(api: ResolvedApi, model: string, operation: Operation, book: ModelBook): Target {
  const provider = providerOf(api, book);
  const info = infoOf(api, provider, model, book);
  const own = info?.dialect ?? provider.dialect;
  const wanted = dialectOf[operation];
  const speaks = own === wanted || (info?.dialect === undefined && provider.also[wanted] !== undefined);
  const dialect = speaks ? wanted : own;
  return { api, provider, model, info, dialect, prefix: prefixOf(api, provider, dialect) };
}

function prefixOf(api: ResolvedApi, provider: ModelProvider, dialect: Dialect): string {
  if (api.ai?.path !== undefined) return api.ai.path;
  const url = dialect === provider.dialect ? provider.url : (provider.also[dialect] ?? provider.url);
  const known = new URL(url).pathname.replace(/\/$/, '');
  const own = api.upstream.pathname.replace(/\/$/, '');
  // A base URL that somebody wrote out is complete.
  return known.startsWith(own) ? known.slice(own.length) : '';
}

function apiOfProvider(id: string, apis: ReadonlyMap<string, ResolvedApi>, book: ModelBook): ResolvedApi | null {
  if (id === '') return null;
  for (const api of apis.values()) if (api.provider?.id === id || providerOf(api, book).id === id) return api;
  return null;
}

function unknownModel(
  name: string,
  first: string,
  holders: readonly ResolvedApi[],
  apis: ReadonlyMap<string, ResolvedApi>,
  book: ModelBook,
): Failure {
  const message = plain(text('There is no model "{0}" here.', name));
  const provider = book.provider(first);
  if (holders.length > 0)
    return {
      code: 'bad_request',
      message,
      hint: plain(text('Say whose: {0}.', holders.map((api) => `${api.name}/${name}`).join(', '))),
    };
  if (provider !== null)
    return {
      code: 'not_found',
      message: plain(text('{0} is not in tollgate.jsonc.', provider.title)),
      hint: plain(text('Run "Tollgate: Add Provider", or add it to "apis".')),
    };
  const nearest = nearestName(first, [...apis.keys()]);
  return {
    code: 'not_found',
    message,
    hint:
      nearest === null
        ? plain(text('Name it as "provider/model"; GET /v1/models lists what there is.'))
        : plain(text('Did you mean "{0}"?', `${nearest}/${name.slice(first.length + 1)}`)),
  };
}
