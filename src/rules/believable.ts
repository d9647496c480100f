import type { Cause } from '../shared/finding.ts';
import type { Field } from './fields.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

/** Rules that go by words alone, and so can mistake what an answer is about. */
const byWords: ReadonlySet<string> = new Set([
  'codeWords',
  'sentenceWords',
  'adviceWords',
  'weakCode',
  'clause',
  'codeInText',
  'foreignClause',
  'fewWords',
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
  'plan_upgrade_required',
  'subscription_inactive_or_missing',
]);
/** Rules that take what little there is, and so would take a word in the name of a parameter. */
const late: ReadonlySet<string> = new Set(['adviceWords', 'weakCode', 'clause', 'codeInText']);
const named = ({ key, value }: Field): boolean => key === 'param' && typeof value === 'string' && value !== '';
const parameter = '(?:param|parameter|field|property|argument|attribute)s?';
const validation = new RegExp(
  `\\bof required type\\b|` +
    `\\b(?:required|missing|unknown|unsupported|invalid|unexpected|unrecognized)\\b.{0,25}\\b${parameter}\\b|` +
    `\\b${parameter}\\b.{0,40}\\b(?:missing|required|invalid|must|should|expected|not supported)\\b`,
);

/** An answer that goes through the fields of a form: what it says of a card is how to write one. */
function checked({ body, codes }: View): boolean {
  return (
    codes.some(({ words }) => /\bvalidation (?:error|failed|failure)|unprocessable entity/.test(words)) &&
    body.fields.some(
      ({ key, pointer }) => (key === 'field' || key === 'issue') && /\/(?:details|errors)\//.test(pointer),
    )
  );
}

/**
 * Whether a status lets the words of an answer mean what they seem to: under 404 "subscription not found" is about a
 * record, under 400 "missing parameter: payment_method" about the request.
 */
export function believable(view: View, rule: string, { cause, evidence }: Verdict): boolean {
  const { status } = view;
  if (status === null || !byWords.has(rule)) return true;
  if ((status === 400 || status === 422) && late.has(rule) && view.body.fields.some(named)) return false;
  if ((status === 400 || status === 422) && late.has(rule) && checked(view)) return false;
  // Of a key, where the same word under 402 is of a bank.
  if (status === 401 && cause === 'card_declined') return false;
  const said = (evidence[0]?.quote ?? '').toLowerCase();
  // Of polling for a device's login (RFC 8628, 3.5).
  if (status === 400 && said === 'slow_down') return false;
  if (status === 400 || status === 422 || view.successful) return !validation.test(said);
  if (status >= 500) return underFailure.has(cause);
  if (status === 409 && rule === 'codeWords' && cause === 'plan_upgrade_required') return true;
  return status < 404 || status > 418 || status === 407 || status === 412 || underMissing.has(cause);
}
