/** How a provider's models are spoken to. */
export const dialects = ['openai', 'responses', 'anthropic', 'gemini', 'mistral', 'cohere', 'bedrock'] as const;
export type Dialect = (typeof dialects)[number];

/** What an OpenAI-compatible provider does not take as OpenAI does. */
export type Quirk = 'maxTokens' | 'noDeveloper' | 'noStore' | 'noStreamOptions';

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

/** What `tollgate.jsonc` says that models cost, by API and model. It counts before every price list. */
export type OwnPrices = Readonly<Record<string, Readonly<Record<string, ModelPrice>>>>;

/** One chat model of one provider. Limits are in tokens; null where they are not known. */
export interface ModelInfo {
  readonly id: string;
  readonly context: number | null;
  readonly output: number | null;
  /** What it takes beside text. */
  readonly input: readonly ('image' | 'audio' | 'pdf' | 'video')[];
  readonly reasoning: boolean;
  /** Null where it is not known. */
  readonly price: ModelPrice | null;
  /** Where it is spoken to otherwise than most models of the provider. */
  readonly dialect?: Dialect;
}

/** Where a provider's models are, and how they are spoken to. */
export interface ModelProvider {
  readonly id: string;
  readonly title: string;
  readonly dialect: Dialect;
  /** What `/chat/completions`, `/messages` and so on are appended to. */
  readonly url: string;
  /** The variable in which programs look for its key; null where it needs none. */
  readonly env: string | null;
  /** Base URLs of further dialects that it speaks. */
  readonly also: Readonly<Partial<Record<Dialect, string>>>;
  readonly quirks: readonly Quirk[];
}

/** A model as `GET /v1/models` and the views list it. */
export interface ListedModel extends ModelInfo {
  /** What a request asks for: `provider/model`. */
  readonly name: string;
  /** The name of the API in `tollgate.jsonc`; null where it is not declared. */
  readonly api: string | null;
  readonly provider: string;
  /** Whether it can be called now: its provider is declared, and its credential in hand or not needed. */
  readonly ready: boolean;
  /** Of an alias: what it stands for, as `api/model`, in the order in which it is asked. Absent where it is a model. */
  readonly targets?: readonly string[];
}

/** A server of models that answers on this machine. */
export interface LocalServer {
  readonly provider: string;
  readonly title: string;
  /** As in `http://127.0.0.1:11434`. */
  readonly url: string;
  readonly models: readonly string[];
}

/** A provider that can be added, for a list to pick from. */
export interface AddableProvider extends ModelProvider {
  readonly models: number;
  /** Whether `tollgate.jsonc` can name it as a `provider`. */
  readonly known: boolean;
}

/** What a live call showed about an API that was just added. */
export interface ModelCheck {
  readonly state: 'works' | 'refused' | 'unknown';
  /** One sentence for a person, without secrets. */
  readonly message: string;
}

/** The models of a newer list. */
export interface ModelsRefreshed {
  /** The day it was made, as in `2026-11-22`. */
  readonly date: string;
  readonly providers: number;
  readonly models: number;
}

/** What one may ask of a gateway about models. */
export interface ModelsApi {
  /** Every model that is known: of declared APIs first, and of providers that could be added. */
  models(): Promise<readonly ListedModel[]>;
  modelProviders(): Promise<readonly AddableProvider[]>;
  /** The servers of models that answer on this machine, on their usual ports; within about a second. */
  localModels(): Promise<readonly LocalServer[]>;
  /** Asks an API something that costs nothing, with its stored credential. Fails with `unknown_api`. */
  checkModels(api: string): Promise<ModelCheck>;
  /** Where `refreshModels` fetches from unless told otherwise. */
  modelsSource(): Promise<string>;
  /** Fetches a list in the form of models.dev, from there or another URL. Fails with `models_unreachable` or `models_invalid`. */
  refreshModels(from?: string | null): Promise<ModelsRefreshed>;
}

/** A model in the packed file: id, context, output, flags, price (input, output, cache read, cache write), dialect. */
export type ModelRow = readonly [string, number, number, string, readonly number[] | null, Dialect?];

export interface PackedProvider {
  readonly title: string;
  readonly dialect: Dialect;
  readonly url: string;
  readonly env: string | null;
  readonly also?: Readonly<Partial<Record<Dialect, string>>>;
  readonly quirks?: readonly string[];
  readonly models: readonly ModelRow[];
}

/** The file that comes with Tollgate: providers of models by their id, and the day it was made. */
export interface PackedModels {
  readonly date: string;
  readonly providers: Readonly<Record<string, PackedProvider>>;
}
