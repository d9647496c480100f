import type { AuditEntry } from '../../shared/access.ts';
import type { AuditQuery } from '../../shared/accessApi.ts';
import type { AccessChange, AccessState, UsageRow, WholeState } from './rows.ts';

/** What the thread that keeps access is started with. */
export interface AccessWorkerOptions {
  readonly dataDirectory: string;
}

/** What is read at the start, and again where another process has changed it. */
export interface LoadedAccess {
  readonly state: AccessState;
  readonly usage: readonly UsageRow[];
  readonly problem: string | null;
}

/**
 * What the forwarding thread asks of the thread that keeps access. A change resolves once the disk has it, and fails
 * with a `ChannelError` (`access_unavailable`) where it cannot be kept.
 */
export interface AccessWorkerApi {
  load(): Promise<LoadedAccess>;
  commit(change: AccessChange, revision: number): Promise<boolean>;
  settle(usage: readonly UsageRow[], keysUsed: Readonly<Record<string, number>>): Promise<void>;
  audit(query: AuditQuery): Promise<readonly AuditEntry[]>;
  whole(): Promise<WholeState>;
  replace(whole: WholeState, audit: Omit<AuditEntry, 'number'>): Promise<void>;
  close(): Promise<void>;
}

export interface AccessWorkerEvents {
  /** Another process has written to the file. */
  foreignChange: null;
}
