import type { AuditEntry, SubscriptionState } from '../../shared/access.ts';
import type { TeamRole } from '../../shared/accessTeams.ts';

/** States that are kept; `approved` and `expired` follow from these and the time. */
export type KeptState = Exclude<SubscriptionState, 'approved' | 'expired'>;

/** A subscription as it is kept. Times in milliseconds since 1970. */
export interface SubscriptionRow {
  readonly id: string;
  readonly application: string;
  readonly api: string;
  readonly plan: string | null;
  readonly state: KeptState;
  readonly reason: string | null;
  readonly opinion: string | null;
  readonly requestedAt: number;
  readonly requestedBy: string;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  readonly startsAt: number | null;
  readonly expiresAt: number | null;
  /** What was used before counts no more against the plan's quota: it was renewed then. */
  readonly quotaSince: number;
  readonly changedAt: number;
}

/** A key as it is kept: its hash and nothing that could be turned back. */
export interface KeyRow {
  readonly id: string;
  readonly application: string;
  readonly name: string;
  readonly hint: string;
  /** SHA-256 of the whole key, in hexadecimal. Keys have 190 random bits, so no slower hash is needed. */
  readonly hash: string;
  readonly apis: readonly string[] | null;
  readonly methods: readonly string[] | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
  readonly replacedBy: string | null;
}

/** What opens the control API for one team, as it is kept. */
export interface TeamTokenRow {
  readonly id: string;
  readonly team: string;
  readonly role: TeamRole;
  readonly name: string;
  readonly hint: string;
  /** As that of a key. */
  readonly hash: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** What settled calls have used in one minute. '' stands for what is not known. */
export interface UsageRow {
  /** Minutes since 1970; of older usage, that of the quarter of an hour in which it was. */
  readonly minute: number;
  readonly application: string;
  readonly key: string;
  readonly api: string;
  readonly model: string;
  /** When the term of the subscription began that it was charged to; '' for none. */
  readonly term: string;
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
}

/** Subscriptions and keys, all of them. */
export interface AccessState {
  readonly revision: number;
  readonly subscriptions: readonly SubscriptionRow[];
  readonly keys: readonly KeyRow[];
  readonly teamTokens: readonly TeamTokenRow[];
}

/** Rows to be written together or not at all. */
export interface AccessChange {
  readonly subscriptions?: readonly SubscriptionRow[];
  readonly keys?: readonly KeyRow[];
  readonly teamTokens?: readonly TeamTokenRow[];
  readonly audit: readonly Omit<AuditEntry, 'number'>[];
}

/** A whole state in place of another. */
export interface WholeState {
  readonly subscriptions: readonly SubscriptionRow[];
  readonly keys: readonly KeyRow[];
  readonly teamTokens: readonly TeamTokenRow[];
  readonly usage: readonly UsageRow[];
  readonly audit: readonly AuditEntry[];
}
