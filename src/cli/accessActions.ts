import type { AccessBoard, Subscription } from '../shared/access.ts';
import type { Declared } from '../shared/accessApi.ts';
import { milliseconds } from '../shared/duration.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { optionText, optionTexts, type OptionValues } from './command.ts';
import { CommandFailure, UsageError } from './usageError.ts';

/** What is told: as it is for JSON, and in lines for people. */
export interface Told {
  readonly json: unknown;
  readonly lines: readonly string[];
}

export type AccessAction = (gateway: GatewayApi, operands: readonly string[], options: OptionValues) => Promise<Told>;

/** Those of one command, by name. */
export type AccessActions = Readonly<Record<string, AccessAction>>;

export const subscriptionActions: AccessActions = {
  list: async (gateway) => {
    const { subscriptions } = await gateway.access();
    return told(
      subscriptions,
      subscriptions.map(
        ({ id, state, application, api, plan, opinion, reason }) =>
          `${id}  ${state.padEnd(10)} ${application} → ${api} (${plan ?? 'no plan'})${quoted(opinion ?? (state === 'requested' ? reason : null))}`,
      ),
    );
  },
  show: async (gateway, [wanted]) => {
    const id = needed(wanted, 'the subscription');
    const found = (await gateway.access()).subscriptions.find((one) => one.id === id);
    if (found === undefined) throw new CommandFailure(`There is no subscription "${id}". See "tollgate sub list".`);
    return told(found, subscriptionLines(found));
  },
  request: async (gateway, [application, api], options) => {
    const plan = optionText(options, 'plan');
    const reason = optionText(options, 'reason');
    const asked = await gateway.requestSubscription({
      ...{ application: needed(application, 'the application'), api: needed(api, 'the API') },
      ...(plan === undefined ? {} : { plan }),
      ...(reason === undefined ? {} : { reason }),
    });
    return told(asked, [`${asked.id} is ${asked.state}.`]);
  },
  ...Object.fromEntries(
    (['approve', 'reject', 'renew', 'suspend', 'resume', 'cancel'] as const).map((decision): [string, AccessAction] => [
      decision,
      async (gateway, [id], options) => {
        const plan = optionText(options, 'plan');
        const opinion = optionText(options, 'reason');
        const decided = await gateway.decideSubscription({
          ...{ id: needed(id, 'the subscription'), decision },
          ...(plan === undefined ? {} : { plan }),
          ...(opinion === undefined ? {} : { opinion }),
        });
        return told(decided, [`${decided.id} is ${decided.state}.${quoted(decided.opinion)}`]);
      },
    ]),
  ),
  audit: async (gateway, [subject], options) => {
    const limit = Number(optionText(options, 'limit') ?? 100);
    const entries = await gateway.accessAudit({ limit, ...(subject === undefined ? {} : { subject }) });
    return told(
      entries,
      entries.map(
        ({ at, by, action, subject: what, detail }) =>
          `${new Date(at).toISOString()}  ${by}  ${action}  ${what}${detail === null ? '' : `  ${detail}`}`,
      ),
    );
  },
};

export const keyActions: AccessActions = {
  list: async (gateway) => {
    const { keys } = await gateway.access();
    return told(
      keys,
      keys.map(
        ({ id, state, application, name, hint, expiresAt }) =>
          `${id}  ${state.padEnd(8)} ${application}  ${name}  ${hint}${expiresAt === null ? '' : `  ends ${new Date(expiresAt).toISOString()}`}`,
      ),
    );
  },
  issue: async (gateway, [application], options) => {
    const apis = optionTexts(options, 'api');
    const methods = optionTexts(options, 'method');
    const expires = optionText(options, 'expires');
    const issued = await gateway.issueKey({
      ...{ application: needed(application, 'the application'), name: optionText(options, 'name') ?? 'command line' },
      ...(apis.length === 0 ? {} : { apis: [...apis] }),
      ...(methods.length === 0 ? {} : { methods: methods.map((one) => one.toUpperCase()) }),
      ...(expires === undefined ? {} : { expiresAt: Date.now() + span(expires) }),
    });
    return told(issued, [issued.secret]);
  },
  rotate: async (gateway, [id], options) => {
    const overlap = optionText(options, 'overlap');
    const expires = optionText(options, 'expires');
    const rotation = {
      id: needed(id, 'the key'),
      ...(expires === undefined ? {} : { expiresAt: expires === 'never' ? null : Date.now() + span(expires) }),
      ...(overlap === undefined ? {} : { overlapMs: overlap === '0' ? 0 : span(overlap) }),
    };
    const issued = await gateway.rotateKey(rotation);
    return told(issued, [issued.secret]);
  },
  revoke: async (gateway, [id]) => {
    const key = await gateway.revokeKey({ id: needed(id, 'the key') });
    return told(key, [`${key.id} is revoked.`]);
  },
  validate: async (gateway, [presented, api], options) => {
    const [method] = optionTexts(options, 'method');
    const verdict = await gateway.validateAccess({
      ...{ presented: needed(presented, 'the key or token') },
      ...(api === undefined ? {} : { api }),
      ...(method === undefined ? {} : { method: method.toUpperCase() }),
    });
    return told(verdict, [verdict.message, ...(verdict.hint === null ? [] : [verdict.hint])]);
  },
  token: async (gateway, [application], options) => {
    const apis = optionTexts(options, 'api');
    const expires = optionText(options, 'expires');
    const issued = await gateway.issueToken({
      application: needed(application, 'the application'),
      ...(apis.length === 0 ? {} : { apis: [...apis] }),
      ...(expires === undefined ? {} : { lifetimeMs: span(expires) }),
    });
    return told(issued, [issued.token]);
  },
};

/** What is declared in `tollgate.jsonc`: list, set and remove. */
export function declaredActions(kind: Declared['kind']): AccessActions {
  return {
    list: async (gateway) => {
      const found = listed(await gateway.access(), kind);
      return told(found.json, found.lines);
    },
    set: async (gateway, [name, json]) => {
      const declaration = parsed(needed(json, 'what it is to be, as JSON'));
      await gateway.declare({ kind, name: needed(name, 'the name'), declaration } as Declared);
      return told({ kind, name, declaration }, [`${kind} ${name ?? ''} is declared in tollgate.jsonc.`]);
    },
    remove: async (gateway, [name]) => {
      await gateway.undeclare(kind, needed(name, 'the name'));
      return told({ kind, name }, [`${kind} ${name ?? ''} is no longer declared.`]);
    },
  };
}

function listed(board: AccessBoard, kind: Declared['kind']): Told {
  switch (kind) {
    case 'team':
      return told(
        board.teams,
        board.teams.map(({ name, title }) => `${name}  ${title}`),
      );
    case 'application':
      return told(
        board.applications,
        board.applications.map(({ name, team, disabled }) => `${name}  of ${team}${disabled ? '  disabled' : ''}`),
      );
    case 'plan':
      return told(
        board.plans,
        board.plans.map(({ name, title }) => `${name}  ${title}`),
      );
    case 'budget':
      return told(
        board.limits,
        board.limits.map(
          ({ source, kind: what, spent, reserved, limit, measure, per }) =>
            `${source}  ${what}: ${spent} of ${limit} ${measure}, ${reserved} reserved, per ${per}`,
        ),
      );
  }
}

function subscriptionLines(one: Subscription): readonly string[] {
  const at = (time: number | null): string => (time === null ? '' : ` at ${new Date(time).toISOString()}`);
  return [
    `${one.id}: ${one.application} of ${one.team} → ${one.api}, ${one.plan ?? 'no plan'}`,
    `  ${one.state}`,
    `  requested by ${one.requestedBy}${at(one.requestedAt)}${quoted(one.reason)}`,
    ...(one.decidedBy === null ? [] : [`  decided by ${one.decidedBy}${at(one.decidedAt)}${quoted(one.opinion)}`]),
    ...(one.startsAt !== null && one.startsAt > Date.now() ? [`  begins${at(one.startsAt)}`] : []),
    ...(one.expiresAt === null ? [] : [`  ends${at(one.expiresAt)}`]),
  ];
}

function quoted(words: string | null): string {
  return words === null || words.trim() === '' ? '' : `: “${words.replace(/\s+/g, ' ').trim()}”`;
}

/** JSON, and lines for people. */
export function told(json: unknown, lines: readonly string[]): Told {
  return { json, lines };
}

/** An operand that has to be there. Fails with a `UsageError`. */
export function needed(value: string | undefined, what: string): string {
  if (value === undefined) throw new UsageError(`Name ${what}.`);
  return value;
}

/** Milliseconds, from a span as in `30d`. Fails with a `UsageError`. */
export function span(text: string): number {
  const length = milliseconds(text);
  if (length === 0)
    throw new UsageError(`"${text}" is no span of time. It is a number and s, m, h, d or w, as in 30d.`);
  return length;
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new UsageError(`"${text}" is no JSON object, as in '{"team":"web"}'.`);
}
