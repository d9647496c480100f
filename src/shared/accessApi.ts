import * as z from 'zod';
import { teamTokenSchema, type TeamTokensApi } from './accessTeams.ts';
import {
  accessKeySchema,
  auditEntrySchema,
  subscriptionSchema,
  type AccessBoard,
  type AccessKey,
  type AuditEntry,
  type IssuedKey,
  type IssuedToken,
  type Subscription,
} from './access.ts';
import {
  accessName,
  type ApplicationDeclaration,
  type LimitDeclaration,
  type PlanDeclaration,
  type TeamDeclaration,
} from './catalogueAccess.ts';

/** Who asks, for the audit trail; the user of the operating system where it is absent. */
const by = z.string().min(1).max(200).optional();
const id = z.string().min(1).max(100);

export const subscriptionRequestSchema = z.strictObject({
  application: accessName,
  api: z.string().min(1),
  plan: accessName.optional().describe('The first of the API’s plans by default.'),
  reason: z.string().max(2000).optional(),
  by,
});
export type SubscriptionRequest = z.infer<typeof subscriptionRequestSchema>;

export const subscriptionDecisions = ['approve', 'reject', 'renew', 'suspend', 'resume', 'cancel'] as const;
/** What one does about a subscription. */
export const subscriptionDecisionSchema = z.strictObject({
  id,
  decision: z.enum(subscriptionDecisions),
  opinion: z.string().max(2000).optional().describe('Why; it is shown to whoever asked. Required to reject.'),
  plan: accessName.optional().describe('Another plan, where it is approved or renewed.'),
  startsAt: z
    .number()
    .optional()
    .describe('When an approved one begins, in milliseconds since 1970; at once by default.'),
  by,
});
export type SubscriptionDecision = z.infer<typeof subscriptionDecisionSchema>;

export const keyRequestSchema = z.strictObject({
  application: accessName,
  name: z.string().min(1).max(100),
  apis: z.array(z.string().min(1)).min(1).optional(),
  methods: z
    .array(z.string().regex(/^[A-Z]+$/))
    .min(1)
    .optional(),
  expiresAt: z.number().optional().describe('In milliseconds since 1970; never by default.'),
  by,
});
export type KeyRequest = z.infer<typeof keyRequestSchema>;

export const keyRotationSchema = z.strictObject({
  id,
  overlapMs: z
    .number()
    .nonnegative()
    .max(31 * 86_400_000)
    .optional()
    .describe('How long the old key still opens. A day by default.'),
  expiresAt: z
    .number()
    .nullable()
    .optional()
    .describe('Null for never. By default the successor is given as long as the old key was given.'),
  by,
});
export type KeyRotation = z.infer<typeof keyRotationSchema>;

export const keyRevocationSchema = z.strictObject({ id, by });
export type KeyRevocation = z.infer<typeof keyRevocationSchema>;

export const tokenRequestSchema = z.strictObject({
  application: accessName,
  apis: z.array(z.string().min(1)).min(1).optional(),
  methods: z
    .array(z.string().regex(/^[A-Z]+$/))
    .min(1)
    .optional(),
  lifetimeMs: z
    .number()
    .positive()
    .max(31 * 86_400_000)
    .optional()
    .describe('An hour by default.'),
  by,
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

export const validationRequestSchema = z.strictObject({
  presented: z.string().min(1).max(16_384).describe('A key or a token.'),
  api: z.string().min(1).optional(),
  method: z.string().min(1).optional(),
});
export type ValidationRequest = z.infer<typeof validationRequestSchema>;

export const validationSchema = z.object({
  valid: z.boolean(),
  kind: z.enum(['key', 'token', 'programKey', 'unknown']),
  code: z
    .string()
    .nullable()
    .describe('The stable code of the refusal that a call would get; null where it would pass.'),
  message: z.string().describe('What is so, in a sentence.'),
  hint: z.string().nullable().describe('What to do next.'),
  application: z.string().nullable(),
  team: z.string().nullable(),
  keyId: z.string().nullable(),
  expiresAt: z.number().nullable(),
});
/** What a key or token is good for. */
export type Validation = Readonly<z.infer<typeof validationSchema>>;

export const auditQuerySchema = z.strictObject({
  limit: z.int().min(1).max(1000).optional().describe('100 by default.'),
  before: z.number().optional().describe('Entries with a smaller number than this.'),
  subject: z.string().optional(),
  application: z.string().optional(),
  api: z.string().optional(),
  team: z.string().optional(),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** What can be declared in `tollgate.jsonc` by a call. */
export type Declared =
  | { readonly kind: 'team'; readonly name: string; readonly declaration: TeamDeclaration }
  | { readonly kind: 'application'; readonly name: string; readonly declaration: ApplicationDeclaration }
  | { readonly kind: 'plan'; readonly name: string; readonly declaration: PlanDeclaration }
  | { readonly kind: 'budget'; readonly name: string; readonly declaration: LimitDeclaration };

/** The state as JSON: everything but usage under way, and no secret (keys are hashes). */
export const accessExportSchema = z.object({
  format: z.literal('tollgate-access'),
  version: z.literal(1),
  exportedAt: z.number(),
  subscriptions: z.array(
    subscriptionSchema.omit({ state: true, team: true, graceUntil: true }).extend({
      state: z.enum(['requested', 'rejected', 'active', 'suspended', 'cancelled']),
      quotaSince: z.number(),
    }),
  ),
  keys: z.array(accessKeySchema.omit({ state: true, team: true }).extend({ hash: z.string() })),
  usage: z.array(
    z.object({
      minute: z.number(),
      application: z.string(),
      key: z.string(),
      api: z.string(),
      model: z.string(),
      term: z.string(),
      calls: z.number(),
      tokens: z.number(),
      usd: z.number(),
    }),
  ),
  audit: z.array(auditEntrySchema),
  teamTokens: z.array(teamTokenSchema.omit({ state: true }).extend({ hash: z.string() })).default([]),
});
export type AccessExport = Readonly<z.infer<typeof accessExportSchema>>;

/**
 * What one may ask of a gateway about who may call what. A change resolves only once it is safe on disk. Expected
 * failures are `ChannelError`s: `unknown_application`, `unknown_api`, `unknown_plan`, `unknown_team`,
 * `unknown_subscription`, `unknown_key`, `api_open`, `not_offered`, `wrong_state`, `already_subscribed`,
 * `reason_missing`, `unknown_token`, `forbidden`, `invalid_request`, `not_declarable`, `access_unavailable`, `import_invalid`.
 */
export interface AccessApi extends TeamTokensApi {
  access(): Promise<AccessBoard>;
  accessAudit(query?: AuditQuery): Promise<readonly AuditEntry[]>;
  requestSubscription(request: SubscriptionRequest): Promise<Subscription>;
  decideSubscription(decision: SubscriptionDecision): Promise<Subscription>;
  issueKey(request: KeyRequest): Promise<IssuedKey>;
  rotateKey(rotation: KeyRotation): Promise<IssuedKey>;
  revokeKey(revocation: KeyRevocation): Promise<AccessKey>;
  issueToken(request: TokenRequest): Promise<IssuedToken>;
  /** Says of a key or token what a call with it would be answered. Nothing is spent. */
  validateAccess(request: ValidationRequest): Promise<Validation>;
  /** Writes a member of `tollgate.jsonc`, comments kept; resolves once the gateway goes by it. */
  declare(declared: Declared, by?: string): Promise<void>;
  /** Takes a member out of `tollgate.jsonc`. */
  undeclare(kind: Declared['kind'], name: string, by?: string): Promise<void>;
  exportAccess(): Promise<AccessExport>;
  /** Puts an exported state in place of the present one. */
  importAccess(exported: AccessExport, by?: string): Promise<void>;
}

/** What a gateway tells about who may call what. */
export interface AccessEvents {
  /** Anything on the board has changed: all of it, anew. */
  accessChanged: AccessBoard;
}
