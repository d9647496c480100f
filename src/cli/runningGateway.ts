import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ChannelError } from '../shared/channel.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { accessToken } from './accessToken.ts';
import { optionText, type OptionValues } from './command.ts';
import type { Places } from './places.ts';
import { startAlone } from './gatewayAlone.ts';
import { CommandFailure } from './usageError.ts';

/**
 * Asks the gateway that runs for a data folder, over its control calls; where none runs, one is started for as long as
 * it takes, on the same folder.
 */
export async function withRunningGateway<Result>(
  places: Places,
  options: OptionValues,
  use: (api: GatewayApi) => Promise<Result>,
): Promise<Result> {
  const url = await runningUrl(places.dataDirectory);
  if (url !== null) return use(controlOf(url, await accessToken(options, places.dataDirectory)));
  if ((optionText(options, 'token') ?? process.env.TOLLGATE_TOKEN)?.startsWith('tgt_') === true)
    throw new CommandFailure('A team’s token opens a gateway that runs, and none does there. Start "tollgate serve".');
  const gateway = await startAlone({ ...places, port: 0, token: '' });
  try {
    return await use(gateway.api);
  } finally {
    await gateway.close();
  }
}

async function runningUrl(dataDirectory: string): Promise<string | null> {
  try {
    const { url } = JSON.parse(await readFile(path.join(dataDirectory, 'gateway.json'), 'utf8')) as { url?: unknown };
    if (typeof url !== 'string') return null;
    return (await fetch(`${url}/_tollgate/health`, { signal: AbortSignal.timeout(2000) })).ok ? url : null;
  } catch {
    // No state, or that of a gateway that was killed.
    return null;
  }
}

/** A gateway's methods over HTTP. */
function controlOf(url: string, token: string): GatewayApi {
  return new Proxy(
    {},
    {
      get:
        (_target, method) =>
        async (...parameters: readonly unknown[]): Promise<unknown> => {
          const response = await fetch(`${url}/_tollgate/api/${String(method)}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify(parameters),
          });
          const answer = (await response.json()) as {
            readonly error?: { readonly code: string; readonly message: string };
          };
          if (response.ok) return answer;
          if (response.status === 401)
            throw new CommandFailure(
              'The gateway that runs there has another token. Give it with --token or TOLLGATE_TOKEN; for that of an editor, "Tollgate: Copy Control Settings for the Command Line" has what to paste.',
            );
          throw new ChannelError(answer.error?.code ?? 'internal_error', answer.error?.message ?? response.statusText);
        },
    },
  ) as GatewayApi;
}
