import type { AuditEntry } from '../../shared/access.ts';
import {
  teamTokenRequestSchema,
  teamTokenRevocationSchema,
  type TeamToken,
  type TeamTokensApi,
} from '../../shared/accessTeams.ts';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import { isKeyOf, makeTeamToken, teamTokenIdOf } from './accessKeys.ts';
import { parsed, user } from './desk.ts';
import type { Keeper } from './keeper.ts';
import type { TeamTokenRow } from './rows.ts';
import type { AccessTerms } from './terms.ts';

export interface TeamTokenDesk extends TeamTokensApi {
  /** The token that was shown; null where it opens nothing. */
  find(presented: string): TeamToken | null;
}

/** Deals with what opens the control API for one team. */
export function createTeamTokenDesk(keeper: Keeper, terms: () => AccessTerms): TeamTokenDesk {
  const noted = (action: AuditEntry['action'], { id, team, role, name }: TeamTokenRow, by: string) => ({
    ...{ at: Date.now(), by, action, subject: id, team, application: null, api: null },
    detail: `${name} (${role})`,
  });
  return {
    find: (presented) => {
      const id = teamTokenIdOf(presented);
      const row = id === null ? undefined : keeper.snapshot.teamTokens.get(id);
      if (row === undefined || !isKeyOf(presented, row.hash) || !terms().teams.has(row.team)) return null;
      const shown = showTeamToken(row, Date.now());
      return shown.state === 'active' ? shown : null;
    },
    teamTokens: () => {
      const now = Date.now();
      const all = [...keeper.snapshot.teamTokens.values()].map((row) => showTeamToken(row, now));
      return Promise.resolve(all.sort((a, b) => a.team.localeCompare(b.team) || a.createdAt - b.createdAt));
    },
    issueTeamToken: async (input) => {
      const { team, role, name, expiresAt = null, by = user() } = parsed(teamTokenRequestSchema, input);
      if (!terms().teams.has(team))
        throw new ChannelError('unknown_team', plain(text('There is no team "{0}" under "teams".', team)));
      const { id, hint, hash, secret } = makeTeamToken();
      const row: TeamTokenRow = {
        ...{ id, team, role, name, hint, hash, createdAt: Date.now(), createdBy: by, expiresAt, revokedAt: null },
      };
      return keeper.change(() => ({
        change: { teamTokens: [row], audit: [noted('teamToken.issued', row, by)] },
        result: { token: showTeamToken(row, row.createdAt), secret },
      }));
    },
    revokeTeamToken: async (input) => {
      const { id, by = user() } = parsed(teamTokenRevocationSchema, input);
      return keeper.change(({ teamTokens }) => {
        const old = teamTokens.get(id);
        if (old === undefined)
          throw new ChannelError('unknown_token', plain(text('There is no token "{0}" of a team.', id)));
        const now = Date.now();
        const row = { ...old, revokedAt: old.revokedAt ?? now };
        return {
          change: { teamTokens: [row], audit: [noted('teamToken.revoked', row, by)] },
          result: showTeamToken(row, now),
        };
      });
    },
  };
}

function showTeamToken(row: TeamTokenRow, now: number): TeamToken {
  const { id, team, role, name, hint, createdAt, createdBy, expiresAt, revokedAt } = row;
  const expired = expiresAt !== null && expiresAt <= now;
  return {
    ...{ id, team, role, name, hint, createdAt, createdBy, expiresAt, revokedAt },
    state: revokedAt !== null ? 'revoked' : expired ? 'expired' : 'active',
  };
}
