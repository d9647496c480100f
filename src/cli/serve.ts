import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { accessToken } from './accessToken.ts';
import { optionText, type Command } from './command.ts';
import { FindingFeed } from './findingFeed.ts';
import { findingEvent } from './findingReport.ts';
import { interceptHelp, interceptOptions } from './interceptOption.ts';
import { makeDataDirectory, startAlone } from './gatewayAlone.ts';
import { placesHelp } from './help.ts';
import { useLeanMemory } from './leanMemory.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { applySimulations, simulateHelp, simulateOptions, simulationsIn } from './simulateOption.ts';
import { UsageError } from './usageError.ts';
import { warningEvent, WarningFeed } from './warningReport.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Run the gateway until it is stopped',
  help: `Usage: tollgate serve [--config FILE] [--port N] [--data DIR] [--token TOKEN]
                      [--workers N] [--drain SECONDS] [--simulate WHAT …] [--intercept]

${placesHelp}  --port N             The port on 127.0.0.1. By default any that is free
  --workers N          Processes that forward calls on that port, from 1 (the default) to 64; "auto" for one a
                       core. They share log, limits and settings. Calls to an API with a budget, keys,
                       fallbacks or a simulation, those that spend a stored credential, and tunnels are
                       served by the first process, so that each limit is held exactly
  --token TOKEN        What control calls must show, as "Authorization: Bearer TOKEN". By default
                       $TOLLGATE_TOKEN, else one made at the first start and kept in DIR/token
  --drain SECONDS      How long calls under way may take to end once the gateway is to stop; 5 by default.
                       New ones are refused meanwhile
${simulateHelp}${interceptHelp}
Prints JSON lines on standard output: first {"event":"listening","port","url",…}, then
{"event":"finding",…} for each refused call and {"event":"warning",…} before credit, a quota or a
budget runs out. Notes for people go to standard error. Changes of the
configuration are taken over while it runs. SIGINT and SIGTERM end it once calls under way have ended
(see --drain) and everything is stored; a second one ends it at once.

Secrets come from the environment variables that the configuration names ("env"), or those that the
vendors' SDKs read. Refreshed tokens are kept in DIR/secrets.json.
`,
  options: {
    ...placesOptions,
    ...simulateOptions,
    ...interceptOptions,
    port: { type: 'string' },
    token: { type: 'string' },
    workers: { type: 'string' },
    drain: { type: 'string' },
  },
  operands: 0,
  run: async (options) => {
    const port = portOf(optionText(options, 'port'));
    const workers = workersOf(optionText(options, 'workers'));
    const patience = patienceOf(optionText(options, 'drain'));
    const simulations = simulationsIn(options);
    const places = findPlaces(options);
    useLeanMemory();
    await makeDataDirectory(places.dataDirectory);
    const token = await accessToken(options, places.dataDirectory);
    // From here on, so that a signal during the start still ends it in order.
    const asked = endAsked();
    const gateway = await startAlone({ ...places, port, token, workers, intercept: options.intercept === true });
    try {
      await applySimulations(gateway.api, simulations);
    } catch (error) {
      await gateway.close();
      throw error;
    }
    const feed = new FindingFeed((row) => void print(`${JSON.stringify(findingEvent(row))}\n`));
    gateway.on('exchangesChanged', (rows) => feed.add(rows));
    const warnings = new WarningFeed((one) => void print(`${JSON.stringify(warningEvent(one, Date.now()))}\n`));
    gateway.on('warningsChanged', (board) => warnings.take(board));
    const { catalogueFile: config, dataDirectory: data } = places;
    await print(
      `${JSON.stringify({ event: 'listening', port: gateway.port, url: gateway.url, pid: process.pid, config, data })}\n`,
    );
    if (!existsSync(config)) say(`There is no ${config} yet. It is read as soon as there is one.`);
    await asked;
    await gateway.close(patience);
    feed.flush();
    return 0;
  },
};

function portOf(value: string | undefined): number {
  if (value === undefined) return 0;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`"${value}" is no port. It is a number from 0 to 65535.`);
  return port;
}

const mostWorkers = 64;

function workersOf(value: string | undefined): number {
  if (value === 'auto') return Math.min(mostWorkers, availableParallelism());
  const count = value === undefined ? 1 : /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= mostWorkers) return count;
  throw new UsageError(`"${value ?? ''}" is no number of workers. It is from 1 to ${mostWorkers}, or "auto".`);
}

const usualPatience = 5;
const mostPatience = 3600;

/** In milliseconds. */
function patienceOf(value = String(usualPatience)): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(value) ? Number(value) : NaN;
  if (seconds <= mostPatience) return seconds * 1000;
  throw new UsageError(`"${value}" is no number of seconds to wait for calls. It is from 0 to ${mostPatience}.`);
}

/** Resolves at the first signal; a second one ends the process at once. */
function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
