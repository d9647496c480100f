import type { AccessBoard, AccessKey, Application, Subscription, SubscriptionState } from '../../shared/access.ts';
import type { LimitState } from '../../shared/access.ts';
import type { KeyRow, SubscriptionRow } from './rows.ts';
import type { AccessSnapshot } from './snapshot.ts';
import { toSubscription } from './subscriptionState.ts';
import type { AccessTerms } from './terms.ts';

/** Pending ones want somebody to act. */
const order: readonly SubscriptionState[] = [
  'requested',
  'expired',
  'suspended',
  'active',
  'approved',
  'rejected',
  'cancelled',
];

export function showSubscription(row: SubscriptionRow, terms: AccessTerms, now: number): Subscription {
  const plan = row.plan === null ? null : (terms.plans.get(row.plan) ?? null);
  return toSubscription(row, plan, terms.applications.get(row.application)?.team ?? '', now);
}

export function showKey(
  row: KeyRow,
  applications: ReadonlyMap<string, Application>,
  lastUsedAt: number | null,
  now: number,
): AccessKey {
  const { id, application, name, hint, createdAt, createdBy, expiresAt, revokedAt, replacedBy } = row;
  const revoked = revokedAt !== null && revokedAt <= now;
  const expired = expiresAt !== null && expiresAt <= now;
  return {
    ...{ id, application, name, hint, createdAt, createdBy, expiresAt, revokedAt, replacedBy },
    apis: row.apis === null ? null : [...row.apis],
    methods: row.methods === null ? null : [...row.methods],
    lastUsedAt: lastUsedAt ?? row.lastUsedAt,
    team: applications.get(row.application)?.team ?? '',
    state: revoked ? 'revoked' : expired ? 'expired' : 'active',
  };
}

/** All there is to know about who may call what. */
export function showBoard(
  terms: AccessTerms,
  snapshot: AccessSnapshot,
  limits: readonly LimitState[],
  lastUsed: (key: string) => number | null,
  problem: string | null,
  now: number,
): AccessBoard {
  const subscriptions = [...snapshot.subscriptions.values()]
    .map((row) => showSubscription(row, terms, now))
    .sort(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        a.application.localeCompare(b.application) ||
        a.api.localeCompare(b.api),
    );
  return {
    teams: [...terms.teams.values()],
    applications: [...terms.applications.values()],
    plans: [...terms.plans.values()],
    apis: [...terms.apis.values()].map(({ api, title, subscription, plans, teams, owner }) => ({
      ...{ api, title, subscription, plans, teams, owner },
    })),
    subscriptions,
    keys: [...snapshot.keys.values()]
      .map((row) => showKey(row, terms.applications, lastUsed(row.id), now))
      .sort((a, b) => a.application.localeCompare(b.application) || a.createdAt - b.createdAt),
    limits: [...limits],
    problem,
  };
}

/** When something on the board changes by itself next, in milliseconds since 1970; null where nothing does. */
export function nextBoundary(snapshot: AccessSnapshot, now: number): number | null {
  let next: number | null = null;
  const consider = (at: number | null): void => {
    if (at !== null && at > now && (next === null || at < next)) next = at;
  };
  for (const { startsAt, expiresAt } of snapshot.subscriptions.values()) {
    consider(startsAt);
    consider(expiresAt);
  }
  for (const { expiresAt, revokedAt } of snapshot.keys.values()) {
    consider(expiresAt);
    consider(revokedAt);
  }
  return next;
}
