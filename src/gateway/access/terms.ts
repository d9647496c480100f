import type { ApiAccess, Application, Plan, Team } from '../../shared/access.ts';
import type { Catalogue } from '../../shared/catalogue.ts';
import { milliseconds } from '../../shared/duration.ts';
import type { Charge, LimitRule } from '../budget/limit.ts';

/** An issuer of access tokens whose word is taken. */
export type TokenIssuer = Catalogue['tokens'][string] & { readonly name: string };

/** What the catalogue says of who may call what. */
export interface AccessTerms {
  readonly teams: ReadonlyMap<string, Team>;
  readonly applications: ReadonlyMap<string, Application>;
  readonly plans: ReadonlyMap<string, Plan>;
  /** Only those that want a subscription. */
  readonly apis: ReadonlyMap<string, ApiAccess & { readonly issuers: readonly TokenIssuer[] }>;
  readonly budgets: readonly LimitRule[];
}

export const noTerms: AccessTerms = {
  teams: new Map(),
  applications: new Map(),
  plans: new Map(),
  apis: new Map(),
  budgets: [],
};

/** Looks up what a catalogue declares of access. `resolved` knows what APIs without a title of their own are called. */
export function termsOf(
  catalogue: Catalogue,
  resolved: readonly { readonly name: string; readonly title: string }[] = [],
): AccessTerms {
  const teams = Object.entries(catalogue.teams).map(([name, { title, description, members, policy }]): Team => ({
    name,
    title: title ?? name,
    description: description ?? null,
    members: members ?? [],
    ...(policy === undefined ? {} : { policy: defined(policy) }),
  }));
  const applications = Object.entries(catalogue.applications).map(
    ([name, { title, team, description, contact, disabled }]): Application => ({
      name,
      title: title ?? name,
      team,
      description: description ?? null,
      contact: contact ?? null,
      disabled: disabled ?? false,
    }),
  );
  const apis = Object.entries(catalogue.apis).flatMap(([api, { title, access = 'open' }]) => {
    if (access === 'open') return [];
    const { subscription, plans = [], teams: allowed = null, owner = null, tokens = [] } = access;
    const issuers = tokens.flatMap((name) => {
      const issuer = catalogue.tokens[name];
      return issuer === undefined ? [] : [{ name, ...issuer }];
    });
    const called = title ?? resolved.find(({ name }) => name === api)?.title ?? api;
    return [{ api, title: called, subscription, plans, teams: allowed, owner, issuers }];
  });
  return {
    teams: byName(teams),
    applications: byName(applications),
    plans: byName(Object.entries(catalogue.plans).map(([name, declared]) => planOf(name, declared))),
    apis: new Map(apis.map((one) => [one.api, one])),
    budgets: Object.entries(catalogue.budgets).flatMap(([name, declared]) => budgetRules(name, declared)),
  };
}

function byName<One extends { readonly name: string }>(all: readonly One[]): ReadonlyMap<string, One> {
  return new Map(all.map((one) => [one.name, one]));
}

function planOf(name: string, declared: Catalogue['plans'][string]): Plan {
  const { title, description, price, quota, rate, expires, grace } = declared;
  return {
    name,
    title: title ?? name,
    description: description ?? null,
    price: price ?? null,
    quota:
      quota === undefined
        ? null
        : {
            calls: quota.calls ?? null,
            tokens: quota.tokens ?? null,
            usd: quota.usd ?? null,
            per: quota.per,
            status: quota.status,
          },
    rate:
      rate === undefined
        ? null
        : { calls: rate.calls, perMs: milliseconds(rate.per), burst: Math.min(rate.burst ?? rate.calls, rate.calls) },
    expiresMs: expires === undefined ? null : milliseconds(expires),
    graceMs: grace === undefined ? 0 : milliseconds(grace),
  };
}

const measures = ['calls', 'tokens', 'usd'] as const satisfies readonly (keyof Charge)[];

function budgetRules(name: string, declared: Catalogue['budgets'][string]): readonly LimitRule[] {
  const { title, team, application, api, key, model, each = null, per, rolling, over, warnAt, reserve } = declared;
  return measures.flatMap((measure): LimitRule[] => {
    const amount = declared[measure];
    if (amount === undefined) return [];
    return [
      {
        id: `budget:${name}:${measure}`,
        kind: 'budget',
        source: name,
        title: title ?? name,
        scope: defined({ team, application, api, key, model }),
        each,
        measure,
        amount,
        per: rolling === undefined ? per : 'rolling',
        rollingMs: rolling === undefined ? 0 : milliseconds(rolling),
        over,
        warnAt,
        status: 402,
        reserve: measure === 'calls' ? null : (reserve?.[measure] ?? null),
        notBefore: 0,
      },
    ];
  });
}

/** What the quota of a subscription's plan allows. */
export function quotaRules(
  subscription: {
    readonly id: string;
    readonly application: string;
    readonly api: string;
    readonly quotaSince: number;
  },
  { quota, title }: Plan,
): readonly LimitRule[] {
  if (quota === null) return [];
  return measures.flatMap((measure): LimitRule[] => {
    const amount = quota[measure];
    if (amount === null) return [];
    return [
      {
        id: `quota:${subscription.id}:${measure}`,
        kind: 'quota',
        source: subscription.id,
        title,
        scope: {
          application: subscription.application,
          api: subscription.api,
          term: String(subscription.quotaSince),
        },
        each: null,
        measure,
        amount,
        per: quota.per,
        rollingMs: 0,
        over: 'refuse',
        warnAt: 0.8,
        status: quota.status,
        reserve: null,
        notBefore: subscription.quotaSince,
      },
    ];
  });
}

function defined<Value extends object>(members: Value): { [Name in keyof Value]: NonNullable<Value[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
