import type { Cause } from '../shared/finding.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

/** Rules that go by words alone, and so can mistake what an answer is about. */
const byWords: ReadonlySet<string> = new Set([
  'codeWords',
  'sentenceWords',
  'adviceWords',
  'weakCode',
  'clause',
  'foreignClause',
]);
const underMissing: ReadonlySet<Cause> = new Set([
  'insufficient_funds',
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
  'rate_limit',
]);
const underFailure: ReadonlySet<Cause> = new Set([
  ...underMissing,
  'account_suspended',
  'subscription_expired',
  'card_declined',
  'payment_service_outage',
]);
const parameter = '(?:param|parameter|field|property|argument|attribute)s?';
const validation = new RegExp(
  `\\b(?:required|missing|unknown|unsupported|invalid|unexpected|unrecognized)\\b.{0,25}\\b${parameter}\\b|` +
    `\\b${parameter}\\b.{0,40}\\b(?:missing|required|invalid|must|should|expected|not supported)\\b`,
);

/**
 * Whether a status lets the words of an answer mean what they seem to: under 404 "subscription not found" is about a
 * record, under 400 "missing parameter: payment_method" about the request.
 */
export function believable(view: View, rule: string, { cause, evidence }: Verdict): boolean {
  const { status } = view;
  if (status === null || !byWords.has(rule)) return true;
  if (status === 400 || status === 422) return !validation.test((evidence[0]?.quote ?? '').toLowerCase());
  if (status >= 500) return underFailure.has(cause);
  return status < 404 || status > 418 || status === 407 || status === 412 || underMissing.has(cause);
}
