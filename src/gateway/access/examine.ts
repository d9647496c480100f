import type { Application, Plan, Subscription } from '../../shared/access.ts';
import { text } from '../../shared/text.ts';
import { isKeyOf, keyIdOf } from './accessKeys.ts';
import type { Presented } from './presented.ts';
import { refuseCall, type AccessRefusal } from './refusal.ts';
import type { KeyRow, SubscriptionRow } from './rows.ts';
import type { AccessSnapshot } from './snapshot.ts';
import { stateOf } from './subscriptionState.ts';
import type { AccessTerms } from './terms.ts';

/** For whom a key or token speaks, and how far. */
export interface Identity {
  readonly application: Application;
  readonly key: string | null;
  readonly apis: readonly string[] | null;
  readonly methods: readonly string[] | null;
  readonly expiresAt: number | null;
}

/** What calls are held against. `now` is in milliseconds since 1970. */
export interface World {
  readonly terms: AccessTerms;
  readonly snapshot: AccessSnapshot;
  readonly now: number;
}

/** The subscription that a call rests on, and its terms. */
export interface Entitlement {
  readonly subscription: SubscriptionRow;
  readonly plan: Plan | null;
}

export function isRefusal(one: object | null): one is AccessRefusal {
  return one !== null && 'failure' in one;
}

/** Whether a key is revoked by now: one that was rotated ends later. */
export function isRevoked({ revokedAt }: KeyRow, now: number): boolean {
  return revokedAt !== null && revokedAt <= now;
}

/** Whom a key belongs to, or why it opens nothing. */
export function identifyKey(value: string, api: string, { terms, snapshot, now }: World): Identity | AccessRefusal {
  const id = keyIdOf(value);
  const row = id === null ? undefined : snapshot.keys.get(id);
  const nobody = { api, application: null };
  if (id === null)
    return refuseCall(
      'key_unknown',
      nobody,
      text('The key that was sent is not whole: its checksum is wrong.'),
      text('Copy the key again, all of it, or issue another.'),
    );
  if (row === undefined || !isKeyOf(value, row.hash))
    return refuseCall(
      'key_unknown',
      nobody,
      text('This gateway never issued the key that was sent.'),
      text('Issue a key with "Tollgate: Issue Key", or "tollgate key issue", and use that.'),
    );
  const call = { api, application: row.application, key: row.id };
  if (isRevoked(row, now))
    return refuseCall(
      'key_revoked',
      call,
      text('The key "{0}" of {1} was revoked.', row.name, row.application),
      row.replacedBy === null
        ? text('Issue another with "Tollgate: Issue Key".')
        : text('It was rotated: use its successor, {0}.', snapshot.keys.get(row.replacedBy)?.hint ?? row.replacedBy),
    );
  if (row.expiresAt !== null && row.expiresAt <= now)
    return refuseCall(
      'key_expired',
      call,
      text('The key "{0}" of {1} expired on {2}.', row.name, row.application, new Date(row.expiresAt).toISOString()),
      text('Rotate it with "Tollgate: Rotate Key".'),
    );
  const application = terms.applications.get(row.application);
  if (application === undefined)
    return refuseCall(
      'key_unknown',
      call,
      text('The application "{0}" is no longer declared.', row.application),
      text('Declare it under "applications" in tollgate.jsonc, or use the key of another.'),
    );
  const { apis, methods, expiresAt } = row;
  return { application, key: row.id, apis, methods, expiresAt };
}

/** Why somebody who is known may not make such a call, whatever was subscribed to; null where he may. */
export function outOfScope(
  { application, key, apis, methods }: Identity,
  api: string,
  method: string,
  { teams }: Pick<AccessTerms, 'teams'>,
): AccessRefusal | null {
  const call = { api, application: application.name, key };
  const { policy } = teams.get(application.team) ?? {};
  if (application.disabled)
    return refuseCall(
      'application_disabled',
      call,
      text('The application "{0}" is disabled.', application.title),
      text('Take "disabled" out of "applications.{0}" in tollgate.jsonc.', application.name),
    );
  const against =
    policy?.apis !== undefined && !policy.apis.includes(api)
      ? { wanted: api, allowed: policy.apis, members: { allowed_apis: policy.apis } }
      : policy?.methods !== undefined && !policy.methods.includes(method)
        ? { wanted: method, allowed: policy.methods, members: { allowed_methods: policy.methods } }
        : null;
  if (against !== null)
    return refuseCall(
      'team_policy',
      call,
      text('The team "{0}" allows {1}, not {2}.', application.team, against.allowed.join(', '), against.wanted),
      text('Add {0} to "teams.{1}.policy" in tollgate.jsonc.', against.wanted, application.team),
      { members: { team: application.team, ...against.members } },
    );
  if (apis !== null && !apis.includes(api))
    return refuseCall(
      'key_scope',
      call,
      text('This key of {0} opens {1}, not {2}.', application.title, apis.join(', '), api),
      text('Issue a key for {0}, or use another one.', api),
      { members: { allowed_apis: apis } },
    );
  if (methods !== null && !methods.includes(method))
    return refuseCall(
      'key_scope',
      call,
      text('This key of {0} may use {1}, not {2}.', application.title, methods.join(', '), method),
      text('Issue a key that may use {0}, or use another one.', method),
      { members: { allowed_methods: methods } },
    );
  return null;
}

/** What entitles an application to call an API that wants a subscription, or what is in the way. */
export function entitlement(
  application: Application,
  api: string,
  { terms, snapshot, now }: World,
): Entitlement | AccessRefusal {
  const row = snapshot.subscription(application.name, api);
  const who = application.title;
  const call = { api, application: application.name, subscription: row?.id ?? null };
  if (row === null)
    return refuseCall(
      'not_subscribed',
      call,
      text('{0} is not subscribed to {1}.', who, api),
      text('Request a subscription with "Tollgate: Request Subscription", or "tollgate sub request".'),
    );
  const plan = row.plan === null ? null : (terms.plans.get(row.plan) ?? null);
  const state: Subscription['state'] = stateOf(row, now);
  const said = row.opinion === null || row.opinion === '' ? '' : ` “${row.opinion}”`;
  const decision = {
    decision: row.opinion,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt === null ? null : new Date(row.decidedAt).toISOString(),
  };
  switch (state) {
    case 'active':
      return { subscription: row, plan };
    case 'expired': {
      const until = (row.expiresAt ?? 0) + (plan?.graceMs ?? 0);
      if (now < until) return { subscription: row, plan };
      return refuseCall(
        'subscription_expired',
        call,
        text('The subscription of {0} to {1} expired on {2}.', who, api, new Date(row.expiresAt ?? 0).toISOString()),
        text('Renew it with "Tollgate: Renew Subscription", or "tollgate sub renew".'),
        { members: { status: 402, expired_at: new Date(row.expiresAt ?? 0).toISOString() } },
      );
    }
    case 'requested':
      return refuseCall(
        'subscription_pending',
        call,
        text(
          'The subscription of {0} to {1} waits for approval since {2}.',
          who,
          api,
          new Date(row.requestedAt).toISOString(),
        ),
        text('Whoever offers the API approves it with "Tollgate: Approve Subscription", or "tollgate sub approve".'),
      );
    case 'approved':
      return refuseCall(
        'subscription_not_begun',
        call,
        text('The subscription of {0} to {1} begins on {2}.', who, api, new Date(row.startsAt ?? 0).toISOString()),
        text('Wait until then, or have it approved anew with an earlier beginning.'),
      );
    case 'rejected':
      return refuseCall(
        'subscription_rejected',
        call,
        text('The subscription of {0} to {1} was rejected.{2}', who, api, said),
        text('Request it again with what was missing: "Tollgate: Request Subscription", or "tollgate sub request".'),
        { members: decision },
      );
    case 'suspended':
      return refuseCall(
        'subscription_suspended',
        call,
        text('The subscription of {0} to {1} is suspended.{2}', who, api, said),
        text('Ask {0} to resume it: "Tollgate: Resume Subscription", or "tollgate sub resume".', row.decidedBy ?? ''),
        { members: decision },
      );
    case 'cancelled':
      return refuseCall(
        'subscription_cancelled',
        call,
        text('The subscription of {0} to {1} was cancelled.{2}', who, api, said),
        text('Request it again with "Tollgate: Request Subscription", or "tollgate sub request".'),
        { members: decision },
      );
  }
}

/** What is said to a call that shows nothing of ours for itself. */
export function withoutKey(api: string, shown: Presented | null): AccessRefusal {
  const call = { api, application: null };
  const hint = text(
    'Send a key of an application as "Authorization: Bearer", x-api-key or ?key=. Issue one with "Tollgate: Issue Key", or "tollgate key issue".',
  );
  if (shown === null) return refuseCall('key_missing', call, text('{0} wants a key, and none was sent.', api), hint);
  if (shown.kind === 'programKey')
    return refuseCall(
      'key_missing',
      call,
      text('{0} wants the key of an application; TOLLGATE_KEY belongs to this machine and names none.', api),
      hint,
    );
  return refuseCall('key_unknown', call, text('{0} wants a key of Tollgate; what was sent is none.', api), hint);
}
