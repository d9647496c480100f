import type { AccessFailureCode } from '../shared/access.ts';

/** What a problem of the gateway's door is, by RFC 9457: a type that stays, and a title that says no more than it. */
export interface ProblemType {
  readonly type: string;
  readonly title: string;
}

const titles: Readonly<Record<AccessFailureCode, string>> = {
  key_missing: 'A key is missing',
  key_unknown: 'The key is not known',
  key_revoked: 'The key was revoked',
  key_expired: 'The key or token has expired',
  token_invalid: 'The token is not accepted',
  key_scope: 'The key does not open this',
  team_policy: 'The team’s policy does not allow this',
  application_disabled: 'The application is disabled',
  not_subscribed: 'There is no subscription',
  subscription_pending: 'The subscription waits for approval',
  subscription_rejected: 'The subscription was rejected',
  subscription_suspended: 'The subscription is suspended',
  subscription_cancelled: 'The subscription was cancelled',
  subscription_not_begun: 'The subscription has not begun',
  subscription_expired: 'The subscription has expired',
  quota_exceeded: 'The quota is used up',
  budget_exceeded: 'The budget is spent',
  rate_limited: 'Calls come too fast',
};

/** The type that draft-ietf-httpapi-ratelimit-headers registers for a quota policy that is used up; with `violated-policies`. */
const quotaExceeded = 'https://iana.org/assignments/http-problem-types#quota-exceeded';

/** The problem type of a refusal that is answered with this status; null where it is none of the door's. */
export function problemType(code: string, status: number): ProblemType | null {
  if (!isAccess(code)) return null;
  return { type: status === 429 ? quotaExceeded : `urn:tollgate:problem:${code}`, title: titles[code] };
}

function isAccess(code: string): code is AccessFailureCode {
  return Object.hasOwn(titles, code);
}
