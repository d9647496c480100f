import { optionTexts, optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { promptActions } from './promptActions.ts';
import { withRunningGateway } from './runningGateway.ts';
import { UsageError } from './usageError.ts';

export const promptCommand: Command = {
  name: 'prompt',
  summary: 'List, check and run prompt files, which are served as POST /prompts/<name>',
  help: `Usage: tollgate prompt ACTION [PROMPT] [OPTIONS]

  list                 The *.prompt.md files below the configuration's folder, and where programs call them
  check [PROMPT|FILE]  Say what is wrong with one, or with all, and where. Exit code 3 if anything is
  run PROMPT|FILE      Ask the model, and print what it says. Exit code 3 where that fails

  --var NAME=VALUE     The value of a variable; may be given more than once. @FILE reads it from a file
  --input JSON         The values of all variables, as a request would bring them; - reads standard input
  --model MODEL        Another model than the file's; may be given more than once, to compare them
  --version REVISION   The prompt as it is in that commit, tag or branch of git
  --json               Print JSON, one object a line
  --token TOKEN        Of the gateway that runs there; TOLLGATE_TOKEN by default
${placesHelp}
A prompt need not be published to be run here. What a run cost is printed on standard error.
`,
  options: {
    ...placesOptions,
    var: { type: 'string', multiple: true },
    input: { type: 'string' },
    model: { type: 'string', multiple: true },
    version: { type: 'string' },
    token: { type: 'string' },
    json: { type: 'boolean' },
  },
  operands: 2,
  run: async (options, [name, prompt]) => {
    const action = name === undefined ? undefined : promptActions[name];
    if (action === undefined) throw new UsageError(`Say what to do: ${Object.keys(promptActions).join(', ')}.`);
    const places = findPlaces(options);
    const told = await withRunningGateway(places, options, (api) =>
      action(api, {
        ...{ prompt, places, json: options.json === true },
        variables: optionTexts(options, 'var'),
        input: optionText(options, 'input') ?? null,
        models: optionTexts(options, 'model'),
        version: optionText(options, 'version') ?? null,
      }),
    );
    await print(told.text);
    return told.code;
  },
};
