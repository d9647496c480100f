import { amountText } from '../shared/account.ts';
import { causeTitle } from '../shared/causePages.ts';
import type { Cause } from '../shared/finding.ts';
import { text, type Text } from '../shared/text.ts';
import type { Step } from '../shared/troubleshooting.ts';
import { stepOf, type Known } from './known.ts';
import { call, fact, moment, page, span, step } from './step.ts';

/** Step 2: whether a plan is there that includes the call, and how much of it is left. */
export function subscriptionStep(known: Known): Step {
  const { exchange, account, history, provider, title, now } = known;
  const { diagnosis, simulated } = exchange;
  const facts = diagnosis?.facts ?? {};
  const { limit, used, amount, unit, resetAt = facts.resetAt } = account?.figures ?? {};
  const hasPlan = limit !== undefined && unit !== undefined;
  const cause = diagnosis === null || simulated || stepOf[diagnosis.cause] !== 'subscription' ? null : diagnosis.cause;
  const usedUp = hasPlan && amount !== undefined && amount <= 0;
  const resets =
    resetAt === undefined || resetAt <= now
      ? null
      : text('It resets at {0}, in {1}.', moment(resetAt), span(resetAt - now));
  const more = {
    facts: [
      fact(text('Plan’s limit'), hasPlan ? amountText(limit, unit) : facts.limit),
      fact(text('Used of it'), hasPlan && used !== undefined ? amountText(used, unit) : facts.used),
      fact(text('Resets'), resetAt === undefined ? null : moment(resetAt)),
      fact(text('Last call that was served'), history?.lastSuccess == null ? null : moment(history.lastSuccess.at)),
      fact(text('Served since'), history?.servedSince == null ? null : moment(history.servedSince.at)),
    ],
    actions: [
      page('subscription', 'plan', planPageTitle(cause, title), provider?.pages.billing),
      page('subscription', 'limits', text('Open the limits of {0}', title), provider?.pages.limits),
      cause === null ? null : call('subscription', text('Replay'), 'replay'),
    ],
  };
  if (cause !== null) return step('subscription', 'problem', [causeTitle(cause), advice[cause] ?? null, resets], more);
  if (usedUp) return step('subscription', 'problem', [text('The plan is used up.'), resets], more);
  const served = history?.servedSince ?? history?.lastSuccess ?? null;
  if (served !== null && Math.abs(exchange.startedAt - served.at) < recently)
    return step(
      'subscription',
      'ok',
      [text('{0} served a call at {1}, so there is a plan that lets you call it.', title, moment(served.at))],
      more,
    );
  if (account?.state === 'funded')
    return step(
      'subscription',
      'ok',
      [text('The answer does not speak of a plan, and the account can be used.')],
      more,
    );
  return step(
    'subscription',
    'unknown',
    [
      text('The answer does not speak of a plan, and {0} does not tell by API which one you have.', title),
      provider?.pages.billing == null ? null : text('Its billing page shows whether it is active.'),
    ],
    more,
  );
}

/** A plan that let one call an hour ago most likely still does. */
const recently = 3_600_000;

const advice: Readonly<Partial<Record<Cause, Text>>> = {
  subscription_expired: text('Renew it, then replay the call.'),
  subscription_inactive_or_missing: text('Subscribe or request access, then replay the call.'),
  plan_upgrade_required: text('Upgrade the plan, or call what yours includes.'),
  usage_quota_exceeded: text('Wait until it resets, raise the limit, or call less.'),
  account_suspended: text('Only the provider can lift that: write to it with the report below.'),
  region_or_policy: text('Call what your region and contract allow, or ask the provider.'),
};

function planPageTitle(cause: Cause | null, title: string): Text {
  if (cause === 'subscription_expired') return text('Renew the subscription to {0}', title);
  if (cause === 'subscription_inactive_or_missing') return text('Subscribe to {0}', title);
  if (cause === 'plan_upgrade_required') return text('Upgrade the plan of {0}', title);
  return text('Open the plan of {0}', title);
}
