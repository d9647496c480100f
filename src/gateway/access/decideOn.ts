import { ChannelError } from '../../shared/channel.ts';
import type { ApiAccess, Plan, SubscriptionState } from '../../shared/access.ts';
import type { SubscriptionDecision, SubscriptionRequest } from '../../shared/accessApi.ts';
import { plain, text } from '../../shared/text.ts';
import type { SubscriptionRow } from './rows.ts';
import { stateOf } from './subscriptionState.ts';

/** Who decides, and when: milliseconds since 1970. */
export interface Moment {
  readonly now: number;
  readonly by: string;
}

/** The states in which a decision can be taken. */
const possible: Readonly<Record<SubscriptionDecision['decision'], readonly SubscriptionState[]>> = {
  approve: ['requested'],
  reject: ['requested'],
  renew: ['active', 'expired'],
  suspend: ['active', 'approved', 'expired'],
  resume: ['suspended'],
  cancel: ['requested', 'approved', 'active', 'suspended', 'expired'],
};

/** The states in which it can be asked for again. */
const over: readonly SubscriptionState[] = ['rejected', 'cancelled', 'expired'];

/** A subscription that is asked for, and at once approved where the API has it so. Fails with `already_subscribed`. */
export function requested(
  known: SubscriptionRow | null,
  id: string,
  request: SubscriptionRequest,
  api: Pick<ApiAccess, 'subscription'>,
  plan: Plan | null,
  { now, by }: Moment,
): SubscriptionRow {
  const state = known === null ? null : stateOf(known, now);
  if (state !== null && !over.includes(state))
    throw new ChannelError(
      'already_subscribed',
      plain(text('"{0}" has a subscription to "{1}" already; it is {2}.', request.application, request.api, state)),
    );
  const row: SubscriptionRow = {
    id: known?.id ?? id,
    application: request.application,
    api: request.api,
    plan: plan?.name ?? null,
    state: 'requested',
    reason: request.reason ?? null,
    opinion: null,
    requestedAt: now,
    requestedBy: by,
    decidedAt: null,
    decidedBy: null,
    startsAt: null,
    expiresAt: null,
    quotaSince: now,
    changedAt: now,
  };
  return api.subscription === 'auto' ? begun(row, plan, { now, by: 'auto' }, now) : row;
}

/** What becomes of a subscription. Fails with `wrong_state` or `reason_missing`. */
export function decided(
  row: SubscriptionRow,
  { decision, opinion, startsAt }: SubscriptionDecision,
  plan: Plan | null,
  moment: Moment,
): SubscriptionRow {
  const { now, by } = moment;
  const state = stateOf(row, now);
  if (!possible[decision].includes(state))
    throw new ChannelError(
      'wrong_state',
      plain(
        text(
          'This subscription is {0}; only one that is {1} can be dealt with so ({2}).',
          state,
          possible[decision].join(', '),
          decision,
        ),
      ),
    );
  const next = { ...row, opinion: opinion ?? null, decidedAt: now, decidedBy: by, changedAt: now };
  switch (decision) {
    case 'approve':
      return begun(next, plan, moment, Math.max(now, startsAt ?? now));
    case 'reject':
      if (opinion === undefined || opinion.trim() === '')
        throw new ChannelError('reason_missing', plain(text('Say why it is rejected: whoever asked will read it.')));
      return { ...next, state: 'rejected' };
    case 'renew': {
      const from = Math.max(now, row.expiresAt ?? now);
      return {
        ...next,
        state: 'active',
        plan: plan?.name ?? null,
        expiresAt: plan?.expiresMs === undefined || plan.expiresMs === null ? null : from + plan.expiresMs,
        quotaSince: now,
      };
    }
    case 'suspend':
      return { ...next, state: 'suspended' };
    case 'resume':
      return { ...next, state: 'active' };
    case 'cancel':
      return { ...next, state: 'cancelled' };
  }
}

function begun(row: SubscriptionRow, plan: Plan | null, { now, by }: Moment, startsAt: number): SubscriptionRow {
  return {
    ...row,
    state: 'active',
    plan: plan?.name ?? null,
    decidedAt: now,
    decidedBy: by,
    startsAt,
    expiresAt: plan?.expiresMs === undefined || plan.expiresMs === null ? null : startsAt + plan.expiresMs,
    quotaSince: startsAt,
    changedAt: now,
  };
}
