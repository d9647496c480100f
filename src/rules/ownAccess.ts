import { accessFailureCodes, type AccessFailureCode } from '../shared/access.ts';
import type { AccessFacts, Cause } from '../shared/finding.ts';
import { text } from '../shared/text.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

const causes: Readonly<Record<AccessFailureCode, Cause>> = {
  key_missing: 'token_expired_or_invalid',
  key_unknown: 'token_expired_or_invalid',
  key_revoked: 'token_expired_or_invalid',
  key_expired: 'token_expired_or_invalid',
  token_invalid: 'token_expired_or_invalid',
  key_scope: 'configuration_error',
  team_policy: 'region_or_policy',
  application_disabled: 'account_suspended',
  not_subscribed: 'subscription_inactive_or_missing',
  subscription_pending: 'subscription_inactive_or_missing',
  subscription_rejected: 'subscription_inactive_or_missing',
  subscription_cancelled: 'subscription_inactive_or_missing',
  subscription_not_begun: 'subscription_inactive_or_missing',
  subscription_suspended: 'account_suspended',
  subscription_expired: 'subscription_expired',
  quota_exceeded: 'usage_quota_exceeded',
  rate_limited: 'rate_limit',
  budget_exceeded: 'spend_limit_or_budget_reached',
};

/** Tollgate's own refusal at its door: keys, subscriptions, quotas, rates and the budgets under "budgets". */
export const ownAccess: Rule = {
  name: 'ownAccess',
  look(view) {
    const said = view.header('x-tollgate-error');
    const code = accessFailureCodes.find((one) => one === said);
    // The budget of an API, or of all, has a rule of its own.
    if (code === undefined || (code === 'budget_exceeded' && view.field('measure') === undefined)) return null;
    const detail = view.field('detail');
    const limit = number(view, 'limit');
    const used = number(view, 'spent');
    const resetAt = Date.parse(word(view, 'resets_at') ?? '');
    const access: AccessFacts = { code, ...named(view) };
    return {
      cause: causes[code],
      confidence: 1,
      party: 'caller',
      evidence: [
        { source: 'header', path: 'x-tollgate-error', quote: code },
        ...(detail === undefined
          ? []
          : [{ source: 'body', path: detail.pointer, quote: String(detail.value).slice(0, 200) } as const]),
      ],
      alternatives: [],
      retryHelps: code === 'rate_limited',
      facts: {
        access,
        ...(limit === null ? {} : { limit }),
        ...(used === null ? {} : { used }),
        ...(Number.isNaN(resetAt) ? {} : { resetAt }),
      },
      summary: text('Tollgate did not send this call: {0}', String(detail?.value ?? code)),
    };
  },
};

function named(view: View): Partial<AccessFacts> {
  const names = ['application', 'subscription', 'key', 'team', 'budget', 'measure'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = word(view, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function word(view: View, key: string): string | null {
  const value = view.field(key)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(view: View, key: string): number | null {
  const value = Number(view.field(key)?.value ?? NaN);
  return Number.isFinite(value) ? value : null;
}
