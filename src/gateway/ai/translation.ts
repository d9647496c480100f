import type { Dialect } from '../../shared/models.ts';
import type { ChatFormat } from './operations.ts';
import type { Turns } from './turns.ts';

/** Parsed JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A call to translate, and what is needed for it. */
export interface TranslationJob {
  readonly format: ChatFormat | 'embeddings';
  /** What the client sent. */
  readonly body: Json;
  /** The model's name as the client knows it. */
  readonly name: string;
  readonly target: {
    readonly dialect: Dialect;
    readonly provider: string;
    readonly model: string;
    /** The base URL; only its path counts. */
    readonly url: string;
    readonly output: number | null;
  };
  /** Refuses fields that the target cannot honour. */
  readonly strict: boolean;
  /** Brings calls to the vendor. */
  readonly fetch: typeof fetch;
  /** Brings what the request links to. */
  readonly download: typeof fetch;
  readonly turns: Turns;
  readonly signal: AbortSignal;
}

/** What became of it. Fails with whatever the vendor's package throws; refusals of the vendor are seen in `fetch`. */
export type Translation =
  /** Nothing was sent: the request is wrong, or asks for what the target cannot do. */
  | { readonly kind: 'refused'; readonly message: string; readonly param: string | null }
  | { readonly kind: 'whole'; readonly body: unknown; readonly ignored: readonly string[] }
  | { readonly kind: 'stream'; readonly events: AsyncIterable<string>; readonly ignored: readonly string[] };

/** A request that cannot be translated; `param` names the field. */
export class Untranslatable extends Error {
  readonly param: string | null;
  constructor(message: string, param: string | null = null) {
    super(message);
    this.param = param;
  }
}
