import * as z from 'zod';
import { accessName } from './catalogueAccess.ts';

/** What somebody may do in a team; each may do what those before it may. */
export const teamRoles = ['developer', 'admin', 'owner'] as const;
export type TeamRole = (typeof teamRoles)[number];

export const teamTokenSchema = z.object({
  id: z.string(),
  team: z.string(),
  role: z
    .enum(teamRoles)
    .describe(
      'A developer sees the team’s part, asks for subscriptions and deals with keys; an admin declares applications and budgets too, and decides on subscriptions to the team’s APIs; an owner deals with the team itself and its tokens.',
    ),
  name: z.string(),
  hint: z.string().describe('The first and last characters of the token, by which people know it.'),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: z.number(),
  createdBy: z.string(),
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
});
/** What opens the control API for one team, but for its secret, which nobody has. */
export type TeamToken = Readonly<z.infer<typeof teamTokenSchema>>;

export const issuedTeamTokenSchema = z.object({
  token: teamTokenSchema,
  secret: z.string().describe('The token itself. It is shown this once.'),
});
export type IssuedTeamToken = Readonly<z.infer<typeof issuedTeamTokenSchema>>;

const by = z.string().min(1).max(200).optional();

export const teamTokenRequestSchema = z.strictObject({
  team: accessName,
  role: z.enum(teamRoles).default('developer'),
  name: z.string().min(1).max(120).describe('Who has it.'),
  expiresAt: z.number().optional().describe('When it ends, in milliseconds since 1970. Never by default.'),
  by,
});
export type TeamTokenRequest = z.input<typeof teamTokenRequestSchema>;

export const teamTokenRevocationSchema = z.strictObject({ id: z.string().min(1), by });
export type TeamTokenRevocation = z.infer<typeof teamTokenRevocationSchema>;

/** What one may ask of a gateway about those who manage a team. Fails with `unknown_team` and `unknown_token`. */
export interface TeamTokensApi {
  teamTokens(): Promise<readonly TeamToken[]>;
  issueTeamToken(request: TeamTokenRequest): Promise<IssuedTeamToken>;
  revokeTeamToken(revocation: TeamTokenRevocation): Promise<TeamToken>;
}
