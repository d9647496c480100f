import * as z from 'zod';
import { accessMembers, apiAccessMember } from './catalogueAccess.ts';
import { budgetMember } from './catalogueBudget.ts';
import { aiMember } from './catalogueModels.ts';
import { apiNamePattern } from './catalogueName.ts';
import { guardrailsMember } from './catalogueGuardrails.ts';
import { openapiMember, routesMember } from './catalogueLifecycle.ts';
import { modelsMember } from './catalogueRoutes.ts';
import { fallbackMember, retryAfterMember } from './catalogueRecourse.ts';

const placement = z
  .union([
    z.strictObject({
      header: z.string().min(1).describe('The header that carries the credential.'),
      scheme: z.string().default('').describe('Put before the value, as in "Bearer". Empty for the bare value.'),
    }),
    z.strictObject({ query: z.string().min(1).describe('The query parameter that carries the credential.') }),
  ])
  .describe('Where the credential goes. By default where the provider expects it.');

const keyCredential = z
  .strictObject({
    type: z.literal('key').describe('A static key.'),
    env: z.string().optional().describe('An environment variable to read the key from where none is stored, as in CI.'),
    send: placement.optional(),
  })
  .describe('A static key, kept in VS Code’s secret storage. Set it with "Tollgate: Set Credential".');

const oauthCredential = z
  .strictObject({
    type: z.literal('oauth2').describe('OAuth 2.0 tokens, refreshed ahead of time.'),
    grant: z.enum(['refresh_token', 'client_credentials']).describe('How a new access token is obtained (RFC 6749).'),
    tokenUrl: z.url({ protocol: /^https?$/ }).describe('The token endpoint.'),
    clientId: z.string().min(1),
    clientAuthentication: z
      .enum(['basic', 'body', 'none'])
      .default('body')
      .describe('How the client shows its secret: in the Authorization header, in the form, or not at all.'),
    scope: z.string().optional(),
    audience: z.string().optional(),
    env: z
      .string()
      .optional()
      .describe('An environment variable with the refresh token (or client secret) where none is stored, as in CI.'),
    send: placement.optional(),
  })
  .describe('OAuth 2.0. Secrets are kept in VS Code’s secret storage, never in this file.');

const commandCredential = z
  .strictObject({
    type: z.literal('command').describe('A command that prints a token.'),
    command: z
      .array(z.string())
      .min(1)
      .describe('The program and its arguments, as in ["gcloud", "auth", "print-access-token"]. No shell is involved.'),
    lifetime: z
      .number()
      .positive()
      .optional()
      .describe('Seconds a token lives, where it does not say so itself (a JWT does).'),
    send: placement.optional(),
  })
  .describe('A command that prints a token on its standard output.');

const credential = z.discriminatedUnion('type', [keyCredential, oauthCredential, commandCredential]);

const seconds = (text: string): z.ZodOptional<z.ZodNumber> =>
  z.number().positive().max(86_400).optional().describe(text);

const api = z
  .strictObject({
    provider: z
      .string()
      .optional()
      .describe('A provider that Tollgate knows; it brings upstream, credential and diagnosis.'),
    upstream: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'Where calls go: http://127.0.0.1:PORT/<api>/<path> becomes <upstream>/<path>. Overrides the provider’s.',
      ),
    title: z.string().min(1).optional().describe('The name shown in the editor.'),
    credential: z
      .union([z.string().min(1), credential])
      .optional()
      .describe('A credential, or the name of one under "credentials".'),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .describe('Headers added to each request. No secrets: this file is shared.'),
    budget: budgetMember.optional().describe('What calls to this API may cost in a period.'),
    timeouts: z
      .strictObject({
        connect: seconds('Seconds to reach the upstream. 10 by default.'),
        firstByte: seconds('Seconds until the answer begins. 300 by default.'),
        idle: seconds('Seconds of silence within an answer. 300 by default.'),
      })
      .optional(),
    access: apiAccessMember.optional(),
    retryAfter: retryAfterMember.optional(),
    fallback: fallbackMember.optional(),
    ai: aiMember.optional(),
    openapi: openapiMember.optional(),
    routes: routesMember.optional(),
  })
  .refine((value) => value.provider !== undefined || value.upstream !== undefined, {
    message: 'An API needs a "provider" that Tollgate knows, or an "upstream" URL.',
  });

/** The schema of `tollgate.jsonc`: the one source of its types, its validation and its JSON schema. */
export const catalogueSchema = z
  .strictObject({
    $schema: z.string().optional(),
    include: z
      .array(z.string().min(1))
      .max(100)
      .optional()
      .describe('Further files of this kind, by their paths from this one. They may not lie outside of its folder.'),
    apis: z
      .record(
        z
          .string()
          .regex(apiNamePattern, 'An API’s name is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.'),
        api,
      )
      .default({})
      .describe('The APIs that programs call through the gateway, by the name in their URL.'),
    credentials: z.record(z.string(), credential).default({}).describe('Credentials that several APIs share.'),
    models: modelsMember,
    guardrails: guardrailsMember,
    ...accessMembers,
    budget: budgetMember.optional().describe('What calls to all APIs together may cost in a period.'),
    redact: z
      .strictObject({
        headers: z.array(z.string()).default([]).describe('More headers whose values are never stored.'),
        query: z.array(z.string()).default([]).describe('More query parameters whose values are never stored.'),
        patterns: z.array(z.string()).default([]).describe('Regular expressions; what they match is never stored.'),
      })
      .optional()
      .describe('What to redact beyond credentials, cookies and known key shapes.'),
  })
  .describe('APIs that programs call through Tollgate.');

export type Catalogue = z.infer<typeof catalogueSchema>;
export type ApiDeclaration = Catalogue['apis'][string];
export type CredentialDeclaration = Catalogue['credentials'][string];

/** What is wrong with `tollgate.jsonc`, and where. Lines and characters count from 0, as editors do. */
export interface CatalogueProblem {
  /** The included file that it is in; absent for `tollgate.jsonc` itself. */
  readonly file?: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
