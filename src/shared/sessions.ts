import type { Text } from './text.ts';

/** What was left out of an imported file, or mended, and why. */
export interface ImportProblem {
  readonly message: Text;
  readonly count: number;
  /** The first call that it happened at, counted from 1 in the file; null where it is about the file. */
  readonly first: number | null;
}

/** Calls from a file, to be looked at and no more. They are in a store of their own until it is closed. */
export interface ImportedSession {
  /** For `ExchangeQuery.session`. */
  readonly id: string;
  /** The file's name. */
  readonly name: string;
  /** HTTP Archive, or a session file of Tollgate. */
  readonly kind: 'har' | 'session';
  /** What wrote the file, as it says itself; null where it does not. */
  readonly creator: string | null;
  readonly calls: number;
  readonly problems: readonly ImportProblem[];
}

/** How far long work has come. */
export interface JobProgress {
  /** As whoever asked for it named it. */
  readonly job: string;
  readonly done: number;
  /** In the same unit, bytes or calls; 0 where it is not known. */
  readonly total: number;
}

/** A file to read. */
export interface OpenSession {
  /** Absolute path. */
  readonly file: string;
  /** Where call sites of a session file are looked for; absent where nowhere. */
  readonly folder?: string;
  /** Names the work, for its progress and to break it off. */
  readonly job?: string;
}

/** A file to write. */
export interface SaveSession {
  /** Absolute path; replaced only once all is written. */
  readonly file: string;
  /** Which calls; see `filter.ts`. */
  readonly filter: string;
  readonly format: 'har' | 'session';
  /** Call sites in this folder are written relative to it, others without their folder. */
  readonly folder?: string;
  readonly job?: string;
}

/** What one may ask of a gateway about files of calls. */
export interface SessionsApi {
  sessions(): Promise<readonly ImportedSession[]>;
  /** Resolves once all is read. Fails with `no_file`, `not_a_session` or `cancelled`. */
  openSession(session: OpenSession): Promise<ImportedSession>;
  closeSession(id: string): Promise<void>;
  /** Writes calls of the log, redacted as they are; gives how many. Fails with `bad_filter`, `cannot_write` or `cancelled`. */
  saveSession(session: SaveSession): Promise<number>;
  /** Breaks work off; of no effect where it is done. */
  cancelJob(job: string): Promise<void>;
}

/** What a gateway tells about files of calls. */
export interface SessionsEvents {
  sessionsChanged: readonly ImportedSession[];
  jobProgress: JobProgress;
}

/** The session that an exchange was imported into, by its id; null for one of the log. */
export function sessionOfExchange(id: string): string | null {
  return /^(import\d+)-/.exec(id)?.[1] ?? null;
}
