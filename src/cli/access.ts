import { declaredActions, keyActions, subscriptionActions, type AccessActions } from './accessActions.ts';
import { stateActions, teamTokenActions } from './teamActions.ts';
import { tokenActions } from './tokenActions.ts';
import type { Command } from './command.ts';
import { printable } from './findingReport.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { withRunningGateway } from './runningGateway.ts';
import { UsageError } from './usageError.ts';

const declaredHelp = (name: string, sample: string): string => `Usage: tollgate ${name} ACTION [NAME] [JSON] [OPTIONS]

  list             What is declared, and how it stands
  set NAME JSON    Declare it in the configuration, as in '${sample}'; comments in the file are kept
  remove NAME      Take it out of the configuration
`;

/** Who may call what, on the command line. */
export const accessCommands: readonly Command[] = [
  command(
    'team',
    'Declare teams: tenants with applications of their own',
    { ...declaredActions('team'), ...teamTokenActions },
    `${declaredHelp('team', '{"title":"Web"}')}  tokens           What opens the control API for one team, without the secrets
  token NAME       Make such a token and print it; it is shown this once
  revoke ID        End it at once

  --role ROLE      developer, admin or owner. A developer by default
  --name NAME      Who has it
  --expires SPAN   When it ends, as in 30d
`,
  ),
  command(
    'app',
    'Declare applications: programs with keys of their own',
    declaredActions('application'),
    declaredHelp('app', '{"team":"web"}'),
  ),
  command(
    'plan',
    'Declare plans: price, quota, rate, expiry',
    declaredActions('plan'),
    declaredHelp('plan', '{"quota":{"calls":1000}}'),
  ),
  command(
    'budget',
    'Declare budgets, and see how far they are spent',
    declaredActions('budget'),
    declaredHelp('budget', '{"usd":20,"over":"refuse"}'),
  ),
  command(
    'sub',
    'Request, approve, reject, renew and cancel subscriptions',
    subscriptionActions,
    `Usage: tollgate sub ACTION [ARGUMENTS] [OPTIONS]

  list                     All subscriptions, pending ones first, with what was said
  show ID                  One of them: who asked and who decided, when and why
  request APPLICATION API  Ask for one
  approve ID, reject ID, renew ID, suspend ID, resume ID, cancel ID
  audit [ID]               Who did what, and when

  --plan NAME      The plan, to request, approve or renew with
  --reason TEXT    Why; it is shown to the other side. Needed to reject
  --limit N        How many entries of the audit trail. 100 by default
`,
  ),
  command(
    'access',
    'Export and import subscriptions, keys, usage and the audit trail',
    stateActions,
    `Usage: tollgate access ACTION [FILE] [OPTIONS]

  export [FILE]    Write all that is kept: subscriptions, keys (as hashes), teams’ tokens (as hashes), usage, audit
                   trail. On standard output by default
  import FILE      Put it in place of what is kept here
`,
  ),
  command(
    'key',
    'Issue, rotate, revoke and validate keys and tokens',
    keyActions,
    `Usage: tollgate key ACTION [ARGUMENTS] [OPTIONS]

  list                 All keys, without their secrets
  issue APPLICATION    Make one and print it; it is shown this once
  rotate ID            Make its successor; the old one still opens for a while
  revoke ID            End it at once
  validate KEY [API]   What a key or token is good for. Exit code 3 if for nothing
  token APPLICATION    Issue an access token (JWT) and print it

  --name NAME      What people call the key
  --api NAME       An API that it opens; may be given again. All by default
  --method METHOD  A method that it may use; may be given again. All by default
  --expires SPAN   When it ends, as in 30d. A rotated key's successor lasts as long as the old one was to; never for ever
  --overlap SPAN   How long a rotated key still opens, as in 2h; 0 for not at all. A day by default
`,
  ),
  command(
    'token',
    'Generate, refresh and validate tokens, of applications and of providers',
    tokenActions,
    `Usage: tollgate token ACTION [ARGUMENTS] [OPTIONS]

  list                    Keys of applications and credentials of APIs, and when they end
  generate APPLICATION    Issue an access token (JWT) and print it
  generate API, refresh API
                          Get a fresh token from the API's provider, as its credential declares (OAuth 2.0, command)
  validate TOKEN|- [API]  What a key or token is good for; - reads it from standard input
  validate API            What the credential of an API tells about itself, and what its provider says of it

  --api NAME       An API that the token opens; may be given again. All by default
  --expires SPAN   When it ends, as in 2h. An hour by default

The exit code is 3 where a token is good for nothing, or could not be had.
`,
  ),
];

function command(name: string, summary: string, actions: AccessActions, usage: string): Command {
  return {
    name,
    summary,
    help: `${usage}
  --json           Print JSON, one line
  --token TOKEN    The token of the gateway that runs. By default $TOLLGATE_TOKEN, else the one in DIR/token
${placesHelp}
Asks the gateway that runs there; where none does, one is started for as long as it takes.
`,
    options: {
      ...placesOptions,
      ...{ json: { type: 'boolean' }, token: { type: 'string' }, plan: { type: 'string' }, reason: { type: 'string' } },
      ...{
        limit: { type: 'string' },
        name: { type: 'string' },
        expires: { type: 'string' },
        overlap: { type: 'string' },
        role: { type: 'string' },
      },
      ...{ api: { type: 'string', multiple: true }, method: { type: 'string', multiple: true } },
    },
    operands: 3,
    run: async (options, [wanted, ...operands]) => {
      const action = wanted === undefined ? undefined : actions[wanted];
      if (action === undefined) throw new UsageError(`Say what to do: ${Object.keys(actions).join(', ')}.`);
      const { json, lines } = await withRunningGateway(findPlaces(options), options, (api) =>
        action(api, operands, options),
      );
      await print(
        options.json === true ? `${JSON.stringify(json)}\n` : lines.map((line) => `${printable(line)}\n`).join(''),
      );
      return typeof json === 'object' && json !== null && 'valid' in json && json.valid === false ? 3 : 0;
    },
  };
}
