import type { RawHeaders } from '../engine.ts';
import type { Saved } from '../../shared/stages.ts';

/** An answer as a client got it. */
export interface CachedAnswer {
  /** A digest: of the request, its model, and who may see the answer. */
  readonly key: string;
  readonly route: string;
  /** When it was given and until when it is given again, in milliseconds since 1970. */
  readonly at: number;
  readonly until: number;
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
  /** What giving it again spares. */
  readonly saves: Saved;
}
