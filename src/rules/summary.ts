import type { Cause, Facts, Party, Retry } from '../shared/finding.ts';
import { text, type Text } from '../shared/text.ts';
import type { View } from './view.ts';

interface Story {
  readonly view: View;
  readonly cause: Cause;
  readonly party: Party;
  readonly facts: Facts;
  readonly retry: Retry;
}

/** One sentence for a person, with the numbers at hand. */
export function summary(story: Story): Text {
  const { view, cause, party, facts, retry } = story;
  const who = view.provider?.title ?? view.subject.request.host ?? 'The API';
  const wait = retry.afterSeconds === null ? null : spell(retry.afterSeconds);
  switch (cause) {
    case 'insufficient_funds':
      if (facts.affordableTokens !== undefined && facts.requestedTokens !== undefined)
        return text(
          '{0} refused: your credit covers {1} of the {2} tokens asked for.',
          who,
          count(facts.affordableTokens),
          count(facts.requestedTokens),
        );
      if (facts.price !== undefined && facts.balance !== undefined)
        return text(
          '{0} refused: the account holds {1}, and this call needs {2}.',
          who,
          count(facts.balance),
          count(facts.price),
        );
      return text('{0} refused: the account’s credit does not cover this call.', who);
    case 'payment_method_invalid':
      return text('{0} refused: it has no usable payment method for this account.', who);
    case 'payment_method_expired':
      return text('{0} refused: the card on file has expired.', who);
    case 'card_declined':
      return text('{0} reports that the card was declined. Its holder has to act, not your account.', who);
    case 'subscription_expired':
      return text('{0} refused: the subscription or trial has ended.', who);
    case 'subscription_inactive_or_missing':
      return text('{0} refused: there is no active subscription for this.', who);
    case 'usage_quota_exceeded':
      if (facts.limit !== undefined && wait !== null)
        return text('{0} refused: the quota of {1} is used up; it resets in {2}.', who, count(facts.limit), wait);
      if (wait !== null) return text('{0} refused: the quota of this period is used up; it resets in {1}.', who, wait);
      return text('{0} refused: the quota of this period is used up.', who);
    case 'rate_limit':
      return wait === null
        ? text('{0} refused: too many calls in a short time. Try again more slowly.', who)
        : text('{0} refused: too many calls in a short time. Try again in {1}.', who, wait);
    case 'spend_limit_or_budget_reached':
      return facts.limit === undefined
        ? text('{0} refused: a spending limit set for this key or account is reached.', who)
        : text(
            '{0} refused: the spending limit of {1} set for this key or account is reached.',
            who,
            count(facts.limit),
          );
    case 'token_expired_or_invalid':
      return text('{0} refused: the key or token is missing, wrong or expired.', who);
    case 'plan_upgrade_required':
      return facts.model === undefined
        ? text('{0} refused: the current plan does not include this.', who)
        : text('{0} refused: the current plan does not include this use of {1}.', who, facts.model);
    case 'payment_protocol_challenge':
      return priceTag(who, facts);
    case 'payment_service_outage':
      return party === 'gateway_operator'
        ? text('{0} cannot pay its own supplier. Its operator has to act, not your account.', who)
        : text('{0} could not process a payment just now. Your account may be in order.', who);
    case 'configuration_error':
      return text('{0} refused: the call goes to the wrong endpoint or account for this key.', who);
    case 'account_suspended':
      return text('{0} refused: the account is suspended or not active.', who);
    case 'region_or_policy':
      return text('{0} refused: it does not serve this region or this use.', who);
  }
}

function priceTag(who: string, { offers = [] }: Facts): Text {
  const offer = offers.find(({ amount }) => amount !== null) ?? offers[0];
  if (offer === undefined || offer.amount === null)
    return text('{0} asks for a payment for this very call. It is a price tag, not an unpaid bill.', who);
  const price = `${offer.amount} ${offer.asset ?? ''}`.trim();
  const where = offer.network ?? offer.protocol;
  return offers.length === 1
    ? text('{0} asks {1} over {2} for this very call. It is a price tag, not an unpaid bill.', who, price, where)
    : text(
        '{0} asks {1} over {2} for this very call, or one of {3} other ways to pay. It is a price tag, not an unpaid bill.',
        who,
        price,
        where,
        offers.length - 1,
      );
}

/** Thousands apart by commas, at most six decimals. `toLocaleString` would take longer than the whole diagnosis. */
function count(value: number): string {
  const [whole = '', decimals] = String(Math.round(value * 1e6) / 1e6).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** A span of time in its two largest units: "9 min 38 s". */
function spell(seconds: number): string {
  if (seconds < 60) return `${String(Math.ceil(seconds))} s`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} min ${String(Math.round(seconds % 60))} s`;
  if (seconds < 172_800)
    return `${String(Math.floor(seconds / 3600))} h ${String(Math.round((seconds % 3600) / 60))} min`;
  return `${String(Math.round(seconds / 86_400))} d`;
}
