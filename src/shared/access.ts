import * as z from 'zod';

/** Milliseconds since 1970, or null. */
const time = z.number().nullable();

/**
 * The states of a subscription. `approved` is one that has not begun yet; `expired` is past its end, and still lets
 * calls pass while `graceUntil` lies ahead.
 */
export const subscriptionStates = [
  'requested',
  'approved',
  'rejected',
  'active',
  'suspended',
  'expired',
  'cancelled',
] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];

export const teamSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  members: z.array(z.string()),
  policy: z
    .object({ apis: z.array(z.string()).optional(), methods: z.array(z.string()).optional() })
    .optional()
    .describe('What its applications may do at most; absent for everything.'),
});
/** A tenant. */
export type Team = Readonly<z.infer<typeof teamSchema>>;

export const applicationSchema = z.object({
  name: z.string(),
  title: z.string(),
  team: z.string(),
  description: z.string().nullable(),
  contact: z.string().nullable(),
  disabled: z.boolean(),
});
/** A program with keys of its own. */
export type Application = Readonly<z.infer<typeof applicationSchema>>;

const amounts = { calls: z.number().nullable(), tokens: z.number().nullable(), usd: z.number().nullable() };

export const planSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  price: z.object({ amount: z.number(), currency: z.string(), per: z.enum(['month', 'year', 'once']) }).nullable(),
  quota: z
    .object({
      ...amounts,
      per: z.enum(['day', 'week', 'month', 'total']),
      status: z.union([z.literal(402), z.literal(429)]),
    })
    .nullable(),
  rate: z.object({ calls: z.number(), perMs: z.number(), burst: z.number() }).nullable(),
  expiresMs: z.number().nullable().describe('Milliseconds that a subscription lasts; null for ever.'),
  graceMs: z.number(),
});
/** Terms of a subscription. */
export type Plan = Readonly<z.infer<typeof planSchema>>;

export const apiAccessSchema = z.object({
  api: z.string(),
  title: z.string(),
  subscription: z.enum(['manual', 'auto']),
  plans: z.array(z.string()),
  teams: z.array(z.string()).nullable().describe('The teams that may subscribe; null for all.'),
  owner: z.string().nullable(),
});
/** An API that wants a subscription. Those that are open are not listed. */
export type ApiAccess = Readonly<z.infer<typeof apiAccessSchema>>;

export const subscriptionSchema = z.object({
  id: z.string(),
  application: z.string(),
  team: z.string(),
  api: z.string(),
  plan: z.string().nullable(),
  state: z.enum(subscriptionStates),
  reason: z.string().nullable().describe('Why it was requested.'),
  opinion: z.string().nullable().describe('What was said when it was approved, rejected, suspended or cancelled.'),
  requestedAt: z.number(),
  requestedBy: z.string(),
  decidedAt: time,
  decidedBy: z.string().nullable(),
  startsAt: time,
  expiresAt: time.describe('When it ends; null for never.'),
  graceUntil: time.describe('Until when calls still pass after its end.'),
  changedAt: z.number(),
});
/** What entitles an application to call an API. There is at most one for the two. */
export type Subscription = Readonly<z.infer<typeof subscriptionSchema>>;

export const accessKeySchema = z.object({
  id: z.string(),
  application: z.string(),
  team: z.string(),
  name: z.string(),
  hint: z.string().describe('The first and last characters of the key, by which people know it.'),
  apis: z.array(z.string()).nullable().describe('The APIs that it opens; null for all its application may call.'),
  methods: z.array(z.string()).nullable().describe('The HTTP methods that it may use; null for all.'),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: z.number(),
  createdBy: z.string(),
  expiresAt: time,
  revokedAt: time,
  lastUsedAt: time,
  replacedBy: z.string().nullable().describe('The id of the key that it was rotated into.'),
});
/** A key of an application, but for its secret, which nobody has. */
export type AccessKey = Readonly<z.infer<typeof accessKeySchema>>;

/** A key that was just made. */
export const issuedKeySchema = z.object({
  key: accessKeySchema,
  secret: z.string().describe('The key itself. It is shown this once.'),
});
export type IssuedKey = Readonly<z.infer<typeof issuedKeySchema>>;

export const issuedTokenSchema = z.object({
  token: z.string().describe('The token itself, a JWT. It is shown this once.'),
  application: z.string(),
  expiresAt: z.number(),
});
export type IssuedToken = Readonly<z.infer<typeof issuedTokenSchema>>;

export const limitStateSchema = z.object({
  id: z.string(),
  kind: z.enum(['budget', 'quota']),
  /** The name under `budgets`, or the id of the subscription whose quota it is. */
  source: z.string(),
  title: z.string(),
  scope: z.object({
    team: z.string().optional(),
    application: z.string().optional(),
    api: z.string().optional(),
    key: z.string().optional(),
    model: z.string().optional(),
  }),
  measure: z.enum(['calls', 'tokens', 'usd']),
  limit: z.number(),
  spent: z.number(),
  reserved: z.number().describe('Set aside for calls under way.'),
  over: z.enum(['warn', 'refuse']),
  warnAt: z.number(),
  per: z.enum(['day', 'week', 'month', 'total', 'rolling']),
  since: z.number(),
  resetsAt: time.describe('When it begins anew, or has room again; null for never.'),
});
/** A budget or quota and how far it is used. */
export type LimitState = Readonly<z.infer<typeof limitStateSchema>>;

/** What is done, in the words of the audit trail. */
export const auditActions = [
  'subscription.requested',
  'subscription.approved',
  'subscription.rejected',
  'subscription.renewed',
  'subscription.suspended',
  'subscription.resumed',
  'subscription.cancelled',
  'key.issued',
  'key.rotated',
  'key.revoked',
  'token.issued',
  'teamToken.issued',
  'teamToken.revoked',
  'catalogue.declared',
  'catalogue.removed',
  'state.imported',
] as const;

export const auditEntrySchema = z.object({
  number: z.number(),
  at: z.number(),
  by: z.string(),
  action: z.enum(auditActions),
  subject: z.string().describe('The id of the subscription or key, or the kind and name of what was declared.'),
  team: z.string().nullable(),
  application: z.string().nullable(),
  api: z.string().nullable(),
  detail: z.string().nullable(),
});
/** Who did what, and when. */
export type AuditEntry = Readonly<z.infer<typeof auditEntrySchema>>;

export const accessBoardSchema = z.object({
  teams: z.array(teamSchema),
  applications: z.array(applicationSchema),
  plans: z.array(planSchema),
  apis: z.array(apiAccessSchema),
  subscriptions: z.array(subscriptionSchema).describe('Pending ones first, then by application and API.'),
  keys: z.array(accessKeySchema),
  limits: z.array(limitStateSchema),
  problem: z.string().nullable().describe('What is wrong with the store of all this; null where all is well.'),
});
/** All there is to know about who may call what. */
export type AccessBoard = Readonly<z.infer<typeof accessBoardSchema>>;

/** The stable codes of refusals of our own. */
export const accessFailureCodes = [
  'key_missing',
  'key_unknown',
  'key_revoked',
  'key_expired',
  'key_scope',
  'team_policy',
  'token_invalid',
  'application_disabled',
  'not_subscribed',
  'subscription_pending',
  'subscription_rejected',
  'subscription_suspended',
  'subscription_cancelled',
  'subscription_not_begun',
  'subscription_expired',
  'quota_exceeded',
  'rate_limited',
  'budget_exceeded',
] as const;
export type AccessFailureCode = (typeof accessFailureCodes)[number];
