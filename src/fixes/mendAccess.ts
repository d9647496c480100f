import type { Fix, FixContext, Remedy } from '../shared/remedy.ts';
import { text, type Text } from '../shared/text.ts';

/** Whether Tollgate itself refused at its door: then only what is declared or subscribed to there helps. */
export function isOwnAccess({ finding }: FixContext): boolean {
  return finding.diagnosis.facts.access !== undefined;
}

/** Requests, approves, renews, raises or rotates what was in the way of a call. */
export const mendAccess: Fix = ({ finding }) => {
  const { access, limit, used } = finding.diagnosis.facts;
  const { api } = finding;
  if (access === undefined || api === null) return [];
  const { application, subscription, key, team, budget, measure } = access;
  const run = (id: string, title: Text, wish: object): Remedy => ({
    ...{ kind: 'run', id: `mendAccess.${id}`, title },
    command: 'tollgate.mendAccess',
    args: [{ wish: id, api, ...wish }],
  });
  const decide = (id: string, title: Text): readonly Remedy[] =>
    subscription === undefined ? [] : [run(id, title, { subscription })];
  const request = (): readonly Remedy[] =>
    application === undefined ? [] : [run('request', text('Request a subscription to {0}', api), { application })];
  const issue = run('issue', text('Issue a key and copy it'), application === undefined ? {} : { application });
  switch (access.code) {
    case 'not_subscribed':
    case 'subscription_rejected':
    case 'subscription_cancelled':
      return request();
    case 'subscription_pending':
      return decide('approve', text('Approve the subscription'));
    case 'subscription_suspended':
      return decide('resume', text('Resume the subscription'));
    case 'subscription_expired':
      return decide('renew', text('Renew the subscription'));
    case 'quota_exceeded':
      return [...decide('renew', text('Renew the subscription')), ...decide('plan', text('Change to another plan…'))];
    case 'budget_exceeded':
      return budget === undefined || measure === undefined || limit === undefined
        ? []
        : [
            run('raise', text('Raise the budget "{0}" to {1}', budget, raised(limit, used ?? limit)), {
              ...{ budget, measure, amount: raised(limit, used ?? limit) },
            }),
            run('warn', text('Only warn when this budget is spent'), { budget }),
          ];
    case 'key_expired':
      return key === undefined
        ? [run('token', text('Generate a token and copy it'), {})]
        : [run('rotate', text('Rotate the key and copy the new one'), { key })];
    case 'token_invalid':
      return [run('token', text('Generate a token and copy it'), {})];
    case 'key_missing':
    case 'key_unknown':
    case 'key_revoked':
    case 'key_scope':
      return [issue];
    case 'team_policy':
      return team === undefined
        ? []
        : [run('allow', text('Allow this in the policy of the team "{0}"', team), { team, method: finding.method })];
    case 'application_disabled':
      return application === undefined
        ? []
        : [run('switchOn', text('Switch the application "{0}" on', application), { application })];
    case 'rate_limited':
      return decide('plan', text('Change to another plan…'));
    case 'subscription_not_begun':
      return subscription === undefined
        ? []
        : [
            {
              ...{ kind: 'run', id: 'mendAccess.show', title: text('Show when the subscription begins') },
              command: 'tollgate.showDetails',
              args: [{ kind: 'subscription', id: subscription, place: 'application' }],
            },
          ];
  }
};

/** Twice as much, in two figures that one can say. */
function raised(limit: number, used: number): number {
  const wanted = Math.max(limit * 2, used * 1.5);
  const figure = 10 ** (Math.floor(Math.log10(wanted)) - 1);
  const amount = Number((Math.ceil(wanted / figure - 1e-9) * figure).toPrecision(2));
  return amount >= 10 ? Math.round(amount) : amount;
}
