/**
 * How sure a call site is. `exact`: the frame that made the call. `near`: an ancestor of it on the await chain, to be
 * shown as "near here". `search`: found by looking for the URL in the workspace.
 */
export type CallSiteCertainty = 'exact' | 'near' | 'search';

/** A place in somebody's source. Lines and columns count from 1, as stack traces do. */
export interface CallSite {
  /** Absolute path, after source maps. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string | null;
  readonly certainty: CallSiteCertainty;
}

/**
 * What a hook writes, one JSON line per request, into `<spool>/<pid>-<start>-<thread>-<part>.jsonl`. The gateway joins
 * it to the exchange with the same client port and ordinal, if method and path agree.
 */
export interface CallNote {
  readonly pid: number;
  /** The client's local port, as the gateway sees it. */
  readonly port: number;
  /** Counts requests on that connection, from 1. */
  readonly ordinal: number;
  readonly method: string;
  /** The request target as sent, query included. */
  readonly path: string;
  /** When the note was written, in milliseconds since 1970. */
  readonly at: number;
  /**
   * How the frames were found: on the synchronous stack, carried along (by AsyncLocalStorage; in Python by coroutines,
   * tasks and threads), or on the await chain.
   */
  readonly how: 'sync' | 'als' | 'async';
  /** The process's parent. */
  readonly parent?: number | undefined;
  /** The value of `TOLLGATE_SESSION`, where the program has one. */
  readonly session?: string | undefined;
  /** The test that made the call, where its runner tells. */
  readonly test?: string | undefined;
  /** User frames, innermost first, already mapped where a source map was at hand. */
  readonly frames: readonly CallFrame[];
}

export interface CallFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string | null;
  /** True beyond an `await`: the line waits for the call, but an ancestor of it may have made it. */
  readonly awaited: boolean;
}

/** Names the line, for grouping. Without a call site a finding is grouped by API and path instead. */
export function callSiteKey(site: CallSite): string {
  return `${site.file}:${String(site.line)}`;
}
