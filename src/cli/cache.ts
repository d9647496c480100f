import type { CacheStats } from '../shared/answerCache.ts';
import { formatUsd } from '../shared/money.ts';
import { optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { withRunningGateway } from './runningGateway.ts';

export const cacheCommand: Command = {
  name: 'cache',
  summary: 'Show what the cache of answers holds and has spared, or empty it',
  help: `Usage: tollgate cache [--clear | --clear-route NAME] [--json] [--config FILE] [--data DIR]

Counts are of the gateway that runs; without one, only what is kept can be told.

  --clear              Forget all answers
  --clear-route NAME   Forget those of one alias
  --token TOKEN        That of the running gateway. By default $TOLLGATE_TOKEN, else the one kept in DIR/token
  --json               One JSON object
${placesHelp}`,
  options: {
    ...placesOptions,
    clear: { type: 'boolean' },
    'clear-route': { type: 'string' },
    json: { type: 'boolean' },
    token: { type: 'string' },
  },
  operands: 0,
  run: async (options) => {
    const route = optionText(options, 'clear-route');
    const stats = await withRunningGateway(findPlaces(options), options, async (api) => {
      if (route !== undefined || options.clear === true) await api.clearCache(route ?? null);
      return api.cacheStats();
    });
    await print(options.json === true ? `${JSON.stringify(stats)}\n` : statsText(stats));
    return 0;
  },
};

function statsText({
  entries,
  bytes,
  hits,
  misses,
  bypasses,
  savedUsd,
  savedTokens,
  savedMs,
  routes,
}: CacheStats): string {
  const lines = [
    `${String(entries)} answers, ${String(Math.ceil(bytes / 1024))} KB`,
    `${String(hits)} hits, ${String(misses)} misses, ${String(bypasses)} passed by`,
    `Spared: ${formatUsd(savedUsd)} USD, ${String(savedTokens)} tokens, ${(savedMs / 1000).toFixed(1)} s`,
    ...Object.entries(routes).map(
      ([name, one]) =>
        `  ${name}: ${String(one.entries)} answers, ${String(one.hits)} hits, ${String(one.misses)} misses`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
