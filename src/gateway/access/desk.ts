import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import type * as z from 'zod';
import type { AuditEntry, Plan } from '../../shared/access.ts';
import {
  accessExportSchema,
  auditQuerySchema,
  keyRequestSchema,
  keyRevocationSchema,
  keyRotationSchema,
  subscriptionDecisionSchema,
  subscriptionRequestSchema,
  type AccessApi,
  type AccessExport,
} from '../../shared/accessApi.ts';
import type { TeamTokensApi } from '../../shared/accessTeams.ts';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import { showBoard, showKey, showSubscription } from './accessBoard.ts';
import { makeKey } from './accessKeys.ts';
import { decided, requested } from './decideOn.ts';
import type { Keeper } from './keeper.ts';
import type { KeyRow, SubscriptionRow } from './rows.ts';
import type { AccessTerms } from './terms.ts';
import type { LimitState } from '../../shared/access.ts';

/** A day: long enough to deploy a new key everywhere. */
const usualOverlap = 86_400_000;

export interface DeskParts {
  readonly keeper: Keeper;
  readonly limits: { states(): readonly LimitState[] };
  readonly terms: () => AccessTerms;
}

/** What is done about subscriptions and keys at somebody's wish. */
export type AccessDesk = Omit<
  AccessApi,
  'declare' | 'undeclare' | 'issueToken' | 'validateAccess' | keyof TeamTokensApi
>;

export function createDesk({ keeper, limits, terms }: DeskParts): AccessDesk {
  const noted = (
    action: AuditEntry['action'],
    subject: string,
    by: string,
    about: Partial<Pick<AuditEntry, 'application' | 'api' | 'detail'>>,
  ): Omit<AuditEntry, 'number'> => ({
    at: Date.now(),
    by,
    action,
    subject,
    team: about.application == null ? null : (terms().applications.get(about.application)?.team ?? null),
    application: about.application ?? null,
    api: about.api ?? null,
    detail: about.detail ?? null,
  });
  const planFor = (api: string, wanted: string | undefined, before: string | null): Plan | null => {
    const offered = terms().apis.get(api)?.plans ?? [];
    const name = wanted ?? (before !== null && offered.includes(before) ? before : (offered[0] ?? null));
    if (name === null) return null;
    const plan = terms().plans.get(name);
    if (plan === undefined)
      throw new ChannelError('unknown_plan', plain(text('There is no plan "{0}" under "plans".', name)));
    if (!offered.includes(name))
      throw new ChannelError(
        'not_offered',
        plain(text('{0} is not offered with the plan "{1}"; it is with: {2}.', api, name, offered.join(', ') || '–')),
      );
    return plan;
  };
  const subscriptionIn = (subscriptions: ReadonlyMap<string, SubscriptionRow>, id: string): SubscriptionRow => {
    const row = subscriptions.get(id);
    if (row === undefined)
      throw new ChannelError('unknown_subscription', plain(text('There is no subscription "{0}".', id)));
    return row;
  };
  const keyIn = (keys: ReadonlyMap<string, KeyRow>, id: string): KeyRow => {
    const row = keys.get(id);
    if (row === undefined) throw new ChannelError('unknown_key', plain(text('There is no key "{0}".', id)));
    return row;
  };
  const checkApplication = (name: string): void => {
    if (!terms().applications.has(name))
      throw new ChannelError(
        'unknown_application',
        plain(text('There is no application "{0}" in tollgate.jsonc.', name)),
      );
  };

  return {
    access: () => {
      const { snapshot, ledger, problem } = keeper;
      return Promise.resolve(
        showBoard(terms(), snapshot, limits.states(), (key) => ledger.lastUsed(key), problem, Date.now()),
      );
    },
    accessAudit: async (query = {}) => keeper.remote().audit(parsed(auditQuerySchema, query)),
    requestSubscription: async (input) => {
      const request = parsed(subscriptionRequestSchema, input);
      const { application, api } = request;
      checkApplication(application);
      const offer = terms().apis.get(api);
      if (offer === undefined)
        throw new ChannelError('api_open', plain(text('"{0}" wants no subscription, or is not declared.', api)));
      const team = terms().applications.get(application)?.team ?? '';
      if (offer.teams !== null && !offer.teams.includes(team))
        throw new ChannelError('not_offered', plain(text('{0} is not offered to the team "{1}".', api, team)));
      const moment = { now: Date.now(), by: request.by ?? user() };
      return keeper.change((snapshot) => {
        const known = snapshot.subscription(application, api);
        const plan = planFor(api, request.plan, known?.plan ?? null);
        const row = requested(known, newId('sub'), request, offer, plan, moment);
        const about = { application, api, detail: request.reason ?? null };
        const audit = [noted('subscription.requested', row.id, moment.by, about)];
        if (row.state === 'active') audit.push(noted('subscription.approved', row.id, 'auto', { application, api }));
        return { change: { subscriptions: [row], audit }, result: showSubscription(row, terms(), moment.now) };
      });
    },
    decideSubscription: async (input) => {
      const decision = parsed(subscriptionDecisionSchema, input);
      const moment = { now: Date.now(), by: decision.by ?? user() };
      return keeper.change((snapshot) => {
        const known = subscriptionIn(snapshot.subscriptions, decision.id);
        const changesPlan = decision.decision === 'approve' || decision.decision === 'renew';
        const plan = changesPlan ? planFor(known.api, decision.plan, known.plan) : null;
        const row = decided(known, decision, plan, moment);
        const { application, api } = row;
        const about = { application, api, detail: decision.opinion ?? null };
        const audit = [noted(actions[decision.decision], row.id, moment.by, about)];
        return { change: { subscriptions: [row], audit }, result: showSubscription(row, terms(), moment.now) };
      });
    },
    issueKey: async (input) => {
      const request = parsed(keyRequestSchema, input);
      checkApplication(request.application);
      const by = request.by ?? user();
      const made = makeKey();
      const row: KeyRow = {
        id: made.id,
        application: request.application,
        name: request.name,
        hint: made.hint,
        hash: made.hash,
        apis: request.apis ?? null,
        methods: request.methods ?? null,
        createdAt: Date.now(),
        createdBy: by,
        expiresAt: request.expiresAt ?? null,
        revokedAt: null,
        lastUsedAt: null,
        replacedBy: null,
      };
      return keeper.change(() => ({
        change: {
          keys: [row],
          audit: [noted('key.issued', row.id, by, { application: row.application, detail: row.name })],
        },
        result: { key: showKey(row, terms().applications, null, Date.now()), secret: made.secret },
      }));
    },
    rotateKey: async (input) => {
      const { id, overlapMs = usualOverlap, expiresAt, by = user() } = parsed(keyRotationSchema, input);
      const made = makeKey();
      return keeper.change(({ keys }) => {
        const old = keyIn(keys, id);
        const now = Date.now();
        if (old.revokedAt !== null)
          throw new ChannelError(
            'wrong_state',
            plain(text('The key "{0}" is revoked or rotated already. Issue another.', old.name)),
          );
        const row: KeyRow = {
          ...old,
          ...{ id: made.id, hint: made.hint, hash: made.hash, createdAt: now, createdBy: by, lastUsedAt: null },
          expiresAt: expiresAt === undefined ? sameLifetime(old, now) : expiresAt,
        };
        const ended: KeyRow = { ...old, revokedAt: now + overlapMs, replacedBy: made.id };
        const entry = noted('key.rotated', id, by, { application: old.application, detail: made.id });
        return {
          change: { keys: [row, ended], audit: [entry] },
          result: { key: showKey(row, terms().applications, null, now), secret: made.secret },
        };
      });
    },
    revokeKey: async (input) => {
      const { id, by = user() } = parsed(keyRevocationSchema, input);
      return keeper.change(({ keys }) => {
        const old = keyIn(keys, id);
        const now = Date.now();
        const row: KeyRow = { ...old, revokedAt: Math.min(now, old.revokedAt ?? now) };
        const entry = noted('key.revoked', id, by, { application: old.application, detail: old.name });
        return { change: { keys: [row], audit: [entry] }, result: showKey(row, terms().applications, null, now) };
      });
    },
    exportAccess: async () => {
      await keeper.ledger.flush();
      const { subscriptions, keys, usage, audit, teamTokens } = await keeper.remote().whole();
      const whole = { subscriptions, keys, usage, audit, teamTokens };
      return { format: 'tollgate-access', version: 1, exportedAt: Date.now(), ...whole } as unknown as AccessExport;
    },
    importAccess: async (input, by = user()) => {
      const read = accessExportSchema.safeParse(input);
      if (!read.success)
        throw new ChannelError(
          'import_invalid',
          plain(text('This is no export of subscriptions and keys: {0}', firstOf(read.error))),
        );
      const { exportedAt, ...whole } = read.data;
      const detail = new Date(exportedAt).toISOString();
      await keeper.ledger.flush();
      await keeper.remote().replace(whole, noted('state.imported', 'all', by, { detail }));
      await keeper.reload();
    },
  };
}

const actions = {
  approve: 'subscription.approved',
  reject: 'subscription.rejected',
  renew: 'subscription.renewed',
  suspend: 'subscription.suspended',
  resume: 'subscription.resumed',
  cancel: 'subscription.cancelled',
} as const;

/** What came over a line, checked. Fails with `invalid_request`. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw new ChannelError('invalid_request', firstOf(read.error));
}

function firstOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue === undefined ? '' : `${issue.path.join('.') || 'request'}: ${issue.message}`;
}

/** A successor is given as long as the key was given that it replaces, in milliseconds since 1970. Null for ever. */
function sameLifetime({ createdAt, expiresAt }: KeyRow, now: number): number | null {
  return expiresAt === null || expiresAt <= createdAt ? null : now + expiresAt - createdAt;
}

/** The user of the operating system. */
export function user(): string {
  try {
    return userInfo().username;
  } catch {
    // There are containers whose user has no name.
    return 'unknown';
  }
}

function newId(kind: string): string {
  return `${kind}_${randomBytes(9).toString('base64url').replace(/[-_]/g, '0')}`;
}
