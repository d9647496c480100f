import type { RedactionRules } from '../parts.ts';

/** What the thread that writes bodies to files is started with. */
export interface BodyFileOptions {
  readonly folder: string;
  readonly redaction: RedactionRules;
}

/** What it is told. Bodies are known by the name of their file. */
export type ToBodyFiles =
  | { readonly type: 'open'; readonly file: string; readonly contentType: string | null; readonly limit: number }
  | { readonly type: 'bytes'; readonly file: string; readonly bytes: Uint8Array }
  /** `whole` says that nothing is missing. */
  | { readonly type: 'end'; readonly file: string; readonly whole: boolean }
  | { readonly type: 'drop'; readonly file: string }
  | { readonly type: 'configure'; readonly redaction: RedactionRules }
  /** End every body as far as it is, and then the thread. */
  | { readonly type: 'stop' };

/** What it tells. */
export type FromBodyFiles =
  /** So many bytes are on the disk. */
  | { readonly type: 'taken'; readonly bytes: number }
  /** No more of this body will be kept: the disk is full, or it is longer than allowed. */
  | { readonly type: 'full'; readonly file: string }
  | { readonly type: 'kept'; readonly file: string; readonly size: number; readonly whole: boolean };
