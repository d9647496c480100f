import { readFile } from 'node:fs/promises';
import type { AccessExport } from '../shared/accessApi.ts';
import { teamRoles } from '../shared/accessTeams.ts';
import { needed, span, told, type AccessActions } from './accessActions.ts';
import { optionText } from './command.ts';
import { writePrivateFile } from './privateFile.ts';
import { UsageError } from './usageError.ts';

/** What is done about those who manage a team. */
export const teamTokenActions: AccessActions = {
  tokens: async (gateway) => {
    const tokens = await gateway.teamTokens();
    return told(
      tokens,
      tokens.map(
        ({ id, state, team, role, name, hint }) => `${id}  ${state.padEnd(8)} ${team}  ${role}  ${name}  ${hint}`,
      ),
    );
  },
  token: async (gateway, [team], options) => {
    const wanted = optionText(options, 'role') ?? 'developer';
    const role = teamRoles.find((one) => one === wanted);
    if (role === undefined) throw new UsageError(`"${wanted}" is no role. There are: ${teamRoles.join(', ')}.`);
    const expires = optionText(options, 'expires');
    const issued = await gateway.issueTeamToken({
      ...{ team: needed(team, 'the team'), role, name: optionText(options, 'name') ?? 'command line' },
      ...(expires === undefined ? {} : { expiresAt: Date.now() + span(expires) }),
    });
    return told(issued, [issued.secret]);
  },
  revoke: async (gateway, [id]) => {
    const token = await gateway.revokeTeamToken({ id: needed(id, 'the token') });
    return told(token, [`${token.id} is revoked.`]);
  },
};

/** What is kept, as a whole. */
export const stateActions: AccessActions = {
  export: async (gateway, [file]) => {
    const state = await gateway.exportAccess();
    if (file === undefined) return told(state, [JSON.stringify(state, null, 2)]);
    await writePrivateFile(file, `${JSON.stringify(state, null, 2)}\n`);
    const { subscriptions, keys, audit } = state;
    const counted = { subscriptions: subscriptions.length, keys: keys.length, audit: audit.length };
    return told({ file, ...counted }, [
      `${file} has ${counted.subscriptions} subscriptions, ${counted.keys} keys and ${counted.audit} entries of the audit trail.`,
    ]);
  },
  import: async (gateway, [file]) => {
    const named = needed(file, 'the file');
    await gateway.importAccess(exportIn(await readFile(named, 'utf8').catch(unreadable(named)), named));
    return told({ imported: named }, [`${named} is in place of what was kept.`]);
  },
};

function exportIn(content: string, file: string): AccessExport {
  try {
    // The gateway checks it.
    return JSON.parse(content) as AccessExport;
  } catch {
    throw new UsageError(`${file} is no JSON.`);
  }
}

function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  };
}
