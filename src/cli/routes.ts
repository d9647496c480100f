import type { RouteState, RouteTargetState } from '../shared/modelRoute.ts';
import { optionText, type Command } from './command.ts';
import { printable } from './findingReport.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { withRunningGateway } from './runningGateway.ts';

export const routesCommand: Command = {
  name: 'routes',
  summary: 'Show what aliases of models stand for, and what is left out just now',
  help: `Usage: tollgate routes [--reset NAME | --reset-all] [--json] [--config FILE] [--data DIR]

Lists the aliases under "models" with their targets in the order in which they are asked, and which of them a
running gateway leaves out: for what it was refused with (cool-down), or for failures in a row (open breaker).

  --reset NAME         Ask the targets of this alias again, whatever they were left out for
  --reset-all          Those of all aliases
  --token TOKEN        That of the running gateway. By default $TOLLGATE_TOKEN, else the one kept in DIR/token
  --json               One JSON object a line
${placesHelp}`,
  options: {
    ...placesOptions,
    reset: { type: 'string' },
    'reset-all': { type: 'boolean' },
    json: { type: 'boolean' },
    token: { type: 'string' },
  },
  operands: 0,
  run: async (options) => {
    const reset = optionText(options, 'reset');
    const routes = await withRunningGateway(findPlaces(options), options, async (api) => {
      if (reset !== undefined) await api.resetRoutes(reset);
      else if (options['reset-all'] === true) await api.resetRoutes(null);
      return api.routes();
    });
    const lines = routes.flatMap((route) => (options.json === true ? [JSON.stringify(route)] : routeLines(route)));
    await print(lines.map((line) => `${options.json === true ? line : printable(line)}\n`).join(''));
    return 0;
  },
};

function routeLines({ name, title, caches, targets }: RouteState): readonly string[] {
  const notes = [...(title === null ? [] : [title]), ...(caches ? ['gives answers again'] : [])];
  return [notes.length === 0 ? name : `${name}  (${notes.join('; ')})`, ...targets.map(targetLine)];
}

function targetLine({ step, api, model, credential, weight, coolDown, breaker }: RouteTargetState): string {
  const parts = [
    `${api}/${model}`,
    ...(credential === null || credential === api ? [] : [`with "${credential}"`]),
    ...(weight === null ? [] : [`weight ${String(weight)}`]),
    ...(coolDown === null ? [] : [`left out until ${time(coolDown.until)}: ${coolDown.cause.replaceAll('_', ' ')}`]),
    ...(breaker === null ? [] : [`breaker open until ${time(breaker.until)}: ${String(breaker.failures)} failures`]),
  ];
  return `  ${String(step + 1)}. ${parts.join(', ')}`;
}

function time(at: number): string {
  return new Date(at).toLocaleTimeString('sv-SE');
}
