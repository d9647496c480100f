import path from 'node:path';
import { proxyClients, proxyEnvironment, shellCommands, shells, type Shell } from '../shared/proxySettings.ts';
import { plain } from '../shared/text.ts';
import { optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { readState } from './interceptOption.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { CommandFailure, UsageError } from './usageError.ts';

export const envCommand: Command = {
  name: 'env',
  summary: 'Print the variables that lead programs of this shell through a running gateway',
  help: `Usage: eval "$(tollgate env)"
       tollgate env --shell fish | source
       tollgate env --shell powershell | Out-String | Invoke-Expression
       tollgate env [--config FILE] [--data DIR] [--shell SHELL] [--undo | --json | --clients]

${placesHelp}  --shell SHELL        ${shells.join(', ')}; zsh is as bash. By default fish where that is $SHELL, on Windows
                       powershell, else bash
  --undo               Print what takes them back
  --json               Print the variables as one JSON object
  --clients            Print which client honours which of them

The gateway is the one that $TOLLGATE_STATE names, as in a terminal of the editor, or the one that runs
for the configuration ("tollgate serve --intercept").
`,
  options: {
    ...placesOptions,
    shell: { type: 'string' },
    undo: { type: 'boolean' },
    json: { type: 'boolean' },
    clients: { type: 'boolean' },
  },
  operands: 0,
  run: async (options) => {
    if (options.clients === true) {
      await print(clientTable());
      return 0;
    }
    const shell = shellOf(optionText(options, 'shell'));
    const { TOLLGATE_STATE: named } = process.env;
    const file =
      named !== undefined && options.data === undefined && options.config === undefined
        ? named
        : path.join(findPlaces(options).dataDirectory, 'gateway.json');
    const state = await readState(file);
    if (state === null)
      throw new CommandFailure(
        'No gateway runs here. Start one with "tollgate serve --intercept", or open a terminal in the editor.',
      );
    const variables = proxyEnvironment(state, process.env, state.hosts);
    if (options.json === true) await print(`${JSON.stringify(variables, null, 2)}\n`);
    else if (options.undo === true)
      await print(shellCommands(shell, Object.fromEntries(Object.keys(variables).map((name) => [name, null]))));
    else {
      if (state.ca === null)
        say(
          'That gateway has no certificate authority, so TLS passes unread. Start it with --intercept, or set "tollgate.intercept.mode" to "on".',
        );
      await print(shellCommands(shell, variables));
    }
    return 0;
  },
};

function shellOf(given: string | undefined): Shell {
  if (given === undefined) {
    if (process.platform === 'win32') return 'powershell';
    return path.basename(process.env.SHELL ?? '') === 'fish' ? 'fish' : 'bash';
  }
  const found = shells.find(
    (one) => one === (given === 'zsh' || given === 'sh' ? 'bash' : given === 'pwsh' ? 'powershell' : given),
  );
  if (found === undefined) throw new UsageError(`There is no shell "${given}" here. There are: ${shells.join(', ')}.`);
  return found;
}

function clientTable(): string {
  return proxyClients
    .map(({ name, proxy, trust, note }) => {
      const lines = [name, `  proxy: ${proxy.join(', ') || '-'}`, `  trust: ${trust.join(', ') || '-'}`];
      return [...lines, ...(note === null ? [] : [`  ${plain(note)}`])].join('\n');
    })
    .join('\n')
    .concat('\n');
}
