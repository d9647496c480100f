import type { Exchange, ExchangeId } from '../../shared/exchange.ts';
import type { BodyContent, ExchangePage, ExchangeQuery, GroupQuery, LogGroup } from '../../shared/protocol.ts';
import type { ImportedSession, JobProgress, OpenSession, SaveSession } from '../../shared/sessions.ts';
import type { RedactionRules } from '../parts.ts';
import type { BodySide } from '../store/eventBatch.ts';

/** What the thread for files of calls is started with. */
export interface SessionThreadOptions {
  /** Of the log, which files are written from. */
  readonly dataDirectory: string;
  readonly redaction: RedactionRules;
  readonly bodyLimit: number;
}

/** What the forwarding thread asks of it. */
export interface SessionThreadApi {
  open(session: OpenSession): Promise<ImportedSession>;
  close(id: string): Promise<void>;
  save(session: SaveSession): Promise<number>;
  cancel(job: string): Promise<void>;
  exchanges(session: string, query: ExchangeQuery): Promise<ExchangePage>;
  groups(session: string, query: GroupQuery): Promise<readonly LogGroup[]>;
  exchange(id: ExchangeId): Promise<Exchange | null>;
  body(id: ExchangeId, side: BodySide): Promise<BodyContent | null>;
  end(): Promise<void>;
}

/** What it tells. */
export interface SessionThreadEvents {
  progress: JobProgress;
}
