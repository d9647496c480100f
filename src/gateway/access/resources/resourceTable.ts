import * as z from 'zod';
import {
  accessBoardSchema,
  accessKeySchema,
  apiAccessSchema,
  applicationSchema,
  auditEntrySchema,
  issuedKeySchema,
  issuedTokenSchema,
  limitStateSchema,
  planSchema,
  subscriptionSchema,
  teamSchema,
} from '../../../shared/access.ts';
import {
  accessExportSchema,
  auditQuerySchema,
  keyRequestSchema,
  keyRotationSchema,
  subscriptionDecisionSchema,
  subscriptionDecisions,
  subscriptionRequestSchema,
  tokenRequestSchema,
  validationRequestSchema,
  validationSchema,
  type AccessApi,
  type Declared,
} from '../../../shared/accessApi.ts';
import { issuedTeamTokenSchema, teamTokenRequestSchema, teamTokenSchema } from '../../../shared/accessTeams.ts';
import { applicationMember, limitMember, planMember, teamMember } from '../../../shared/catalogueAccess.ts';
import { parsed } from '../desk.ts';

/** What a resource reaches. */
export interface ResourceParts {
  readonly api: AccessApi;
  /** Resolves once all that was charged is on disk. */
  readonly flush: () => Promise<void>;
}

/** A request to a resource: the parts of its path, its query, its body. */
export interface ResourceRequest {
  readonly names: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One operation of the control API: what it takes, what it answers, and how. */
export interface Resource {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/_tollgate/`, with names in braces. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  readonly status: 200 | 201;
  run(parts: ResourceParts, request: ResourceRequest): Promise<unknown>;
}

const done = z.object({ done: z.literal(true) });

/** A list that is a part of the board. */
function list(
  name: Exclude<keyof z.infer<typeof accessBoardSchema>, 'problem'>,
  one: z.ZodType,
  summary: string,
): Resource {
  const run: Resource['run'] = async ({ api }) => (await api.access())[name];
  return { method: 'GET', path: `v1/${name}`, summary, answer: z.array(one), status: 200, run };
}

function declarable(kind: Declared['kind'], path: string, body: z.ZodType): readonly Resource[] {
  return [
    {
      ...{ method: 'PUT', path: `v1/${path}/{name}`, summary: `Declares a ${kind} in tollgate.jsonc.` },
      ...{ body, answer: done, status: 200 },
      run: async ({ api }, { names, body: declaration }) => {
        await api.declare({ kind, name: names.name ?? '', declaration } as Declared);
        return { done: true };
      },
    },
    {
      ...{ method: 'DELETE', path: `v1/${path}/{name}`, summary: `Takes a ${kind} out of tollgate.jsonc.` },
      ...{ answer: done, status: 200 },
      run: async ({ api }, { names }) => {
        await api.undeclare(kind, names.name ?? '');
        return { done: true };
      },
    },
  ];
}

const auditQuery = z.object({
  limit: z.string().optional(),
  before: z.string().optional(),
  subject: z.string().optional(),
  application: z.string().optional(),
  api: z.string().optional(),
});

/** The control API about access, whole. Its description is made from this table. */
export const resources: readonly Resource[] = [
  {
    ...{ method: 'GET', path: 'v1/access', summary: 'All there is to know about who may call what.' },
    ...{ answer: accessBoardSchema, status: 200 },
    run: ({ api }) => api.access(),
  },
  list('teams', teamSchema, 'Teams.'),
  list('applications', applicationSchema, 'Applications.'),
  list('plans', planSchema, 'Plans.'),
  list('apis', apiAccessSchema, 'APIs that want a subscription.'),
  list('subscriptions', subscriptionSchema, 'Subscriptions, pending ones first.'),
  list('keys', accessKeySchema, 'Keys, without their secrets.'),
  list('limits', limitStateSchema, 'Budgets and quotas, and how far they are used.'),
  {
    ...{ method: 'GET', path: 'v1/usage', summary: 'The same once all that was charged so far is on disk.' },
    ...{ answer: z.array(limitStateSchema), status: 200 },
    run: async ({ api, flush }) => {
      const { limits } = await api.access();
      await flush();
      return limits;
    },
  },
  ...declarable('team', 'teams', teamMember),
  ...declarable('application', 'applications', applicationMember),
  ...declarable('plan', 'plans', planMember),
  ...declarable('budget', 'budgets', limitMember),
  {
    ...{ method: 'POST', path: 'v1/subscriptions', summary: 'Requests a subscription.' },
    ...{ body: subscriptionRequestSchema, answer: subscriptionSchema, status: 201 },
    run: ({ api }, { body }) => api.requestSubscription(parsed(subscriptionRequestSchema, body)),
  },
  ...subscriptionDecisions.map((decision): Resource => ({
    ...{
      method: 'POST',
      path: `v1/subscriptions/{id}/${decision}`,
      summary: `Decides on a subscription: ${decision}.`,
    },
    body: subscriptionDecisionSchema.omit({ id: true, decision: true }),
    ...{ answer: subscriptionSchema, status: 200 },
    run: ({ api }, { names, body }) =>
      api.decideSubscription(parsed(subscriptionDecisionSchema, { ...asObject(body), id: names.id, decision })),
  })),
  {
    ...{ method: 'POST', path: 'v1/keys', summary: 'Issues a key. Its secret is in this answer and nowhere else.' },
    ...{ body: keyRequestSchema, answer: issuedKeySchema, status: 201 },
    run: ({ api }, { body }) => api.issueKey(parsed(keyRequestSchema, body)),
  },
  {
    ...{
      method: 'POST',
      path: 'v1/keys/{id}/rotate',
      summary: 'Makes a key’s successor; the old one opens for a while.',
    },
    ...{ body: keyRotationSchema.omit({ id: true }), answer: issuedKeySchema, status: 201 },
    run: ({ api }, { names, body }) => api.rotateKey(parsed(keyRotationSchema, { ...asObject(body), id: names.id })),
  },
  {
    ...{ method: 'DELETE', path: 'v1/keys/{id}', summary: 'Revokes a key at once.' },
    ...{ answer: accessKeySchema, status: 200 },
    run: ({ api }, { names }) => api.revokeKey({ id: names.id ?? '' }),
  },
  {
    ...{ method: 'POST', path: 'v1/tokens', summary: 'Issues an access token (JWT).' },
    ...{ body: tokenRequestSchema, answer: issuedTokenSchema, status: 201 },
    run: ({ api }, { body }) => api.issueToken(parsed(tokenRequestSchema, body)),
  },
  {
    ...{ method: 'GET', path: 'v1/team-tokens', summary: 'What opens this API for one team, without the secrets.' },
    ...{ answer: z.array(teamTokenSchema), status: 200 },
    run: ({ api }) => api.teamTokens(),
  },
  {
    ...{ method: 'POST', path: 'v1/team-tokens', summary: 'Issues a team’s token. Its secret is in this answer only.' },
    ...{ body: teamTokenRequestSchema, answer: issuedTeamTokenSchema, status: 201 },
    run: ({ api }, { body }) => api.issueTeamToken(parsed(teamTokenRequestSchema, body)),
  },
  {
    ...{ method: 'DELETE', path: 'v1/team-tokens/{id}', summary: 'Revokes a team’s token at once.' },
    ...{ answer: teamTokenSchema, status: 200 },
    run: ({ api }, { names }) => api.revokeTeamToken({ id: names.id ?? '' }),
  },
  {
    ...{ method: 'POST', path: 'v1/validations', summary: 'Says what a key or token is good for.' },
    ...{ body: validationRequestSchema, answer: validationSchema, status: 200 },
    run: ({ api }, { body }) => api.validateAccess(parsed(validationRequestSchema, body)),
  },
  {
    ...{ method: 'GET', path: 'v1/audit', summary: 'Who did what and when, newest first.', query: auditQuery },
    ...{ answer: z.array(auditEntrySchema), status: 200 },
    run: ({ api }, { query: { limit, before, ...rest } }) =>
      api.accessAudit(
        parsed(auditQuerySchema, {
          ...rest,
          ...(limit === undefined ? {} : { limit: Number(limit) }),
          ...(before === undefined ? {} : { before: Number(before) }),
        }),
      ),
  },
  {
    ...{
      method: 'GET',
      path: 'v1/state',
      summary: 'Subscriptions, keys (hashed), usage and audit trail, to keep or move.',
    },
    ...{ answer: accessExportSchema, status: 200 },
    run: ({ api }) => api.exportAccess(),
  },
  {
    ...{ method: 'PUT', path: 'v1/state', summary: 'Puts an exported state in place of the present one.' },
    ...{ body: accessExportSchema, answer: done, status: 200 },
    run: async ({ api }, { body }) => {
      await api.importAccess(parsed(accessExportSchema, body));
      return { done: true };
    },
  },
];

function asObject(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : {};
}
