import type { RedactionRules } from '../parts.ts';
import type { SpoolAccess } from './spool.ts';

/** What the thread that redacts long bodies is started with. */
export interface BodyFileOptions {
  readonly folder: string;
  readonly redaction: RedactionRules;
}

/** What it is told. Bodies are known by the name of their file. */
export type ToBodyFiles =
  | {
      readonly type: 'open';
      readonly file: string;
      readonly contentType: string | null;
      readonly spool: SpoolAccess;
    }
  /** So many bytes are in the spool. */
  | { readonly type: 'written'; readonly file: string; readonly bytes: number }
  /** `whole` says that nothing is missing. */
  | { readonly type: 'end'; readonly file: string; readonly bytes: number; readonly whole: boolean }
  | { readonly type: 'drop'; readonly file: string }
  | { readonly type: 'configure'; readonly redaction: RedactionRules }
  /** End every body as far as it is, and then the thread. */
  | { readonly type: 'stop' };

/** What it tells. */
export type FromBodyFiles =
  /** So many bytes have been read from the spool. */
  | { readonly type: 'read'; readonly file: string; readonly bytes: number }
  /** The spool is not read any more. */
  | { readonly type: 'kept'; readonly file: string; readonly size: number; readonly whole: boolean }
  | { readonly type: 'dropped'; readonly file: string };
