import * as z from 'zod';
import { budgetPeriods } from './budget.ts';
import { apiNamePattern } from './catalogueName.ts';
import { durationMember } from './duration.ts';

/** The names that teams, applications, plans and budgets may have. */
export const accessName = z
  .string()
  .regex(apiNamePattern, 'A name is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.');

const title = z.string().min(1).max(120).optional().describe('The name shown in the editor.');
const description = z.string().max(2000).optional();

/** What one of `teams` holds. */
export const teamMember = z
  .strictObject({
    title,
    description,
    members: z.array(z.string().min(1)).optional().describe('Who belongs to it, by mail address or name.'),
    policy: z
      .strictObject({
        apis: z.array(z.string().min(1)).min(1).optional().describe('The APIs that its applications may call.'),
        methods: z
          .array(z.string().regex(/^[A-Z]+$/, 'A method is written in capital letters.'))
          .min(1)
          .optional()
          .describe('The HTTP methods that they may use.'),
      })
      .optional()
      .describe('What its applications may do at most, whatever they are subscribed to.'),
  })
  .describe('A tenant: its applications, keys, subscriptions and usage are its own.');

/** What one of `applications` holds. */
export const applicationMember = z
  .strictObject({
    team: accessName.describe('The team that it belongs to, by its name under "teams".'),
    title,
    description,
    contact: z.string().min(1).max(200).optional().describe('Whom to ask about it.'),
    disabled: z.boolean().optional().describe('Whether all of its keys are refused for now.'),
  })
  .describe('A program that calls APIs with keys of its own.');

/** How much may be used; at least one of these. */
const amounts = {
  calls: z.int().positive().max(1e12).optional().describe('Calls that may be made.'),
  tokens: z.int().positive().max(1e15).optional().describe('Tokens that may be used, input and output together.'),
  usd: z.number().positive().max(1e9).optional().describe('US dollars that may be spent.'),
};
const measured = ({
  calls,
  tokens,
  usd,
}: {
  readonly calls?: unknown;
  readonly tokens?: unknown;
  readonly usd?: unknown;
}): boolean => calls !== undefined || tokens !== undefined || usd !== undefined;
const unmeasured = { message: 'Say how much: "calls", "tokens" or "usd".' };

const per = z
  .enum([...budgetPeriods, 'total'])
  .default('month')
  .describe('The period, which begins at local midnight, on Monday or on the first; "total" never begins anew.');

/** What one of `plans` holds. */
export const planMember = z
  .strictObject({
    title,
    description,
    price: z
      .strictObject({
        amount: z.number().nonnegative().max(1e9),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'A currency is three capital letters (ISO 4217).')
          .default('USD'),
        per: z.enum(['month', 'year', 'once']).default('month'),
      })
      .optional()
      .describe('What it costs. It is shown; nothing is charged.'),
    quota: z
      .strictObject({
        ...amounts,
        per,
        status: z
          .union([z.literal(402), z.literal(429)])
          .default(402)
          .describe('What a call is answered once it is used up: 402 by default, or 429.'),
      })
      .refine(measured, unmeasured)
      .optional()
      .describe('What a subscription may use in a period.'),
    rate: z
      .strictObject({
        calls: z.int().positive().max(1e9).describe('Calls in that time.'),
        per: durationMember.default('1m'),
        burst: z.int().positive().max(1e9).optional().describe('Calls that may come at once. All of them by default.'),
      })
      .optional()
      .describe('How fast calls may come; further ones are answered 429.'),
    expires: durationMember
      .optional()
      .describe('How long a subscription lasts once it is approved. For ever by default.'),
    grace: durationMember.optional().describe('How long calls still pass after that, with a warning in the answer.'),
  })
  .describe('Terms of a subscription.');

/** What `access` of an API holds. */
export const apiAccessMember = z
  .union([
    z.literal('open').describe('Everyone on this machine may call it, as if there were no subscriptions.'),
    z.strictObject({
      subscription: z
        .enum(['manual', 'auto'])
        .describe('Whether a person approves each subscription, or all are approved when requested.'),
      plans: z.array(accessName).min(1).optional().describe('The plans to choose from; the first is the usual one.'),
      teams: z.array(accessName).min(1).optional().describe('The teams that may subscribe. All by default.'),
      owner: accessName.optional().describe('The team that offers it and approves.'),
      tokens: z
        .array(accessName)
        .min(1)
        .optional()
        .describe('Issuers under "tokens" whose access tokens are accepted besides Tollgate’s own. None by default.'),
    }),
  ])
  .describe('Who may call it. Open by default.');

/** What one of `budgets` holds. */
export const limitMember = z
  .strictObject({
    title,
    team: accessName.optional().describe('Only calls of this team’s applications.'),
    application: accessName.optional().describe('Only calls of this application.'),
    api: z.string().min(1).optional().describe('Only calls to this API.'),
    key: z.string().min(1).optional().describe('Only calls with this key, by its id.'),
    model: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Only calls for this model, by its vendor’s name, as in "gpt-4.1", or with its API’s before it, as in "openai/gpt-4.1".',
      ),
    each: z
      .enum(['team', 'application', 'api', 'key', 'model'])
      .optional()
      .describe('Counts separately for each of these, instead of all together.'),
    ...amounts,
    per,
    rolling: durationMember.optional().describe('A window that moves, as in "24h", instead of a period.'),
    over: z
      .enum(['warn', 'refuse'])
      .default('warn')
      .describe('What happens when it is spent: a warning, or the gateway answers 402 itself. A warning by default.'),
    warnAt: z
      .number()
      .gt(0)
      .max(1)
      .default(0.8)
      .describe('The share of it at which to warn beforehand: 0.8 by default.'),
    reserve: z
      .strictObject({
        tokens: z.int().positive().optional().describe('Tokens set aside for a call while it runs.'),
        usd: z.number().positive().optional().describe('US dollars set aside for a call while it runs.'),
      })
      .optional()
      .describe(
        'What a call may cost at most. By default the most that one cost lately, or a hundredth of the budget.',
      ),
  })
  .refine(measured, unmeasured)
  .describe('What may be used by some or all calls together.');

/** What one of `tokens` holds. */
export const issuerMember = z
  .strictObject({
    issuer: z.string().min(1).describe('The "iss" of its tokens, exactly.'),
    jwks: z
      .string()
      .min(1)
      .describe('Its public keys: an https URL (or http on this machine), or a file beside this one.'),
    audience: z.array(z.string().min(1)).min(1).describe('At least one of these has to be in "aud".'),
    algorithms: z
      .array(z.enum(['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']))
      .min(1)
      .describe('The algorithms that are accepted; no other is.'),
    clockSkew: durationMember.optional().describe('How far clocks may differ. 30 seconds by default.'),
    application: z
      .union([
        accessName.describe('The application that all of its tokens speak for.'),
        z.strictObject({ claim: z.string().min(1) }).describe('The claim that names the application, as in "azp".'),
      ])
      .describe('For which application a token speaks.'),
  })
  .describe('Somebody whose access tokens (JWT, RFC 9068) are accepted.');

/** The members of `tollgate.jsonc` about who may call. */
export const accessMembers = {
  teams: z.record(accessName, teamMember).default({}).describe('Teams, by name.'),
  applications: z.record(accessName, applicationMember).default({}).describe('Applications, by name.'),
  plans: z.record(accessName, planMember).default({}).describe('Plans that APIs offer, by name.'),
  budgets: z
    .record(accessName, limitMember)
    .default({})
    .describe('What teams, applications, APIs, keys and models may use, by name.'),
  tokens: z.record(accessName, issuerMember).default({}).describe('Issuers of access tokens that APIs accept.'),
};

export type TeamDeclaration = z.input<typeof teamMember>;
export type ApplicationDeclaration = z.input<typeof applicationMember>;
export type PlanDeclaration = z.input<typeof planMember>;
export type LimitDeclaration = z.input<typeof limitMember>;
