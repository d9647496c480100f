import type { Plan, Subscription } from '../../shared/access.ts';
import type { SubscriptionRow } from './rows.ts';

/** The state that follows from what is kept and the time, in milliseconds since 1970. */
export function stateOf(
  { state, startsAt, expiresAt }: Pick<SubscriptionRow, 'state' | 'startsAt' | 'expiresAt'>,
  now: number,
): Subscription['state'] {
  if (state !== 'active') return state;
  if (startsAt !== null && now < startsAt) return 'approved';
  return expiresAt !== null && now >= expiresAt ? 'expired' : 'active';
}

/** A subscription as it is shown. */
export function toSubscription(row: SubscriptionRow, plan: Plan | null, team: string, now: number): Subscription {
  const { id, application, api, reason, opinion, requestedAt, requestedBy } = row;
  const { decidedAt, decidedBy, startsAt, expiresAt, changedAt } = row;
  return {
    ...{ id, application, api, reason, opinion, requestedAt, requestedBy },
    ...{ decidedAt, decidedBy, startsAt, expiresAt, changedAt, plan: row.plan },
    team,
    state: stateOf(row, now),
    graceUntil: row.expiresAt === null ? null : row.expiresAt + (plan?.graceMs ?? 0),
  };
}
