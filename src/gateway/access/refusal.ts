import type { AccessFailureCode, LimitState } from '../../shared/access.ts';
import type { Failure } from '../../shared/exchange.ts';
import { formatUsd } from '../../shared/money.ts';
import { plain, text, type Text } from '../../shared/text.ts';
import type { FailureDetail } from '../answerFailure.ts';
import type { RawHeaders } from '../engine.ts';
import type { RateState } from './rates.ts';

/** Why a call may not pass, and what its answer says. */
export interface AccessRefusal {
  readonly failure: Failure & { readonly code: AccessFailureCode };
  readonly detail: FailureDetail;
  /** Whose call it is: in the log it is its team's. */
  readonly application?: string;
}

/** What a refusal is about; what is not known is null. */
export interface RefusedCall {
  readonly api: string;
  readonly application: string | null;
  readonly subscription?: string | null;
  readonly key?: string | null;
}

/** Makes a refusal. Waiting does not help against it unless `retry` says so. */
export function refuseCall(
  code: AccessFailureCode,
  call: RefusedCall,
  message: Text,
  hint: Text,
  more: {
    readonly members?: Readonly<Record<string, unknown>>;
    readonly headers?: RawHeaders;
    readonly retry?: true;
  } = {},
): AccessRefusal {
  const members = {
    api: call.api,
    application: call.application,
    ...(call.subscription === undefined ? {} : { subscription: call.subscription }),
    ...(call.key === undefined ? {} : { key: call.key }),
    ...more.members,
  };
  // SDKs of OpenAI and Anthropic go by it, where they would otherwise send the call again.
  const headers = more.retry === true ? (more.headers ?? []) : ['x-should-retry', 'false', ...(more.headers ?? [])];
  return {
    failure: { code, message: plain(message), hint: plain(hint) },
    detail: { members: { ...members, tollgate: { code, ...members } }, headers },
    ...(call.application === null ? {} : { application: call.application }),
  };
}

/** A budget or quota that is used up. */
export function refuseOverLimit(call: RefusedCall, limit: LimitState, status: 402 | 429, now: number): AccessRefusal {
  const { kind, source, measure, spent, reserved, resetsAt, scope } = limit;
  const resets = resetsAt === null ? null : new Date(resetsAt).toISOString();
  const scopeName = (['key', 'application', 'team', 'api', 'model'] as const).find((name) => scope[name] !== undefined);
  const members = {
    status,
    scope: kind === 'quota' ? 'subscription' : (scopeName ?? 'all'),
    scope_id: kind === 'quota' ? source : scopeName === undefined ? null : scope[scopeName],
    budget: kind === 'budget' ? source : null,
    measure,
    limit: limit.limit,
    spent,
    reserved,
    currency: measure === 'usd' ? 'USD' : null,
    per: limit.per,
    resets_at: resets,
  };
  const wait = resetsAt === null ? [] : ['Retry-After', String(Math.max(1, Math.ceil((resetsAt - now) / 1000)))];
  const used = amountText(spent, measure);
  const all = amountText(limit.limit, measure);
  const underWay = spent < limit.limit ? ` ${plain(text('What is left is set aside for calls under way.'))}` : '';
  const when = resets === null ? '' : ` ${plain(text('It begins anew at {0}.', resets))}`;
  if (kind === 'quota')
    return refuseCall(
      'quota_exceeded',
      call,
      text(
        '{0} has used {1} of the {2} that its plan allows for {3}.{4}',
        call.application ?? '',
        used,
        all,
        call.api,
        underWay,
      ),
      text('Renew the subscription, or change to a larger plan.{0}', when),
      status === 429 ? { members: { ...members, 'violated-policies': [measure] }, headers: wait } : { members },
    );
  return refuseCall(
    'budget_exceeded',
    call,
    text('The budget "{0}" is spent: {1} of {2}.{3}', limit.title, used, all, underWay),
    text('Raise "budgets.{0}" in tollgate.jsonc, or set its "over" to "warn".{1}', source, when),
    { members },
  );
}

/** Calls that come too fast. Fields as in draft-ietf-httpapi-ratelimit-headers-10, and as OpenAI names them. */
export function refuseTooFast(
  call: RefusedCall,
  plan: string,
  { calls, perMs }: { readonly calls: number; readonly perMs: number },
  state: RateState,
): AccessRefusal {
  const seconds = Math.max(1, Math.ceil(state.retryMs / 1000));
  const window = Math.max(1, Math.round(perMs / 1000));
  const reset = Math.max(1, Math.ceil(state.resetMs / 1000));
  return refuseCall(
    'rate_limited',
    call,
    text(
      '{0} calls {1} faster than its plan "{2}" allows: {3} calls in {4} seconds.',
      call.application ?? '',
      call.api,
      plan,
      calls,
      window,
    ),
    text('Wait {0} seconds, or change to a faster plan.', seconds),
    {
      members: { limit: calls, window_seconds: window, retry_after_seconds: seconds, 'violated-policies': [plan] },
      retry: true,
      headers: [
        ...['Retry-After', String(seconds), 'retry-after-ms', String(state.retryMs)],
        ...['RateLimit-Policy', `"${plan}";q=${calls};w=${window}`],
        ...['RateLimit', `"${plan}";r=${state.remaining};t=${seconds}`],
        ...['x-ratelimit-limit-requests', String(calls), 'x-ratelimit-remaining-requests', String(state.remaining)],
        ...['x-ratelimit-reset-requests', `${reset}s`],
      ],
    },
  );
}

/** An amount for people: dollars, tokens or calls. */
export function amountText(amount: number, measure: LimitState['measure']): string {
  switch (measure) {
    case 'usd':
      return plain(text('{0} USD', formatUsd(amount)));
    case 'tokens':
      return plain(text('{0} tokens', amount));
    case 'calls':
      return plain(text('{0} calls', amount));
  }
}
