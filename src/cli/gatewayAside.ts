import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningGateway } from '../gateway/gateway.ts';
import { makeDataDirectory, startAlone } from './gatewayAlone.ts';
import type { Places } from './places.ts';

/**
 * Uses a gateway of one's own for asking vendors, with the APIs and secrets of a configuration, so that one that runs
 * there is not disturbed. It has a log of its own, too, which is empty.
 */
export async function withGatewayAside<Result>(
  { catalogueFile, dataDirectory }: Places,
  use: (gateway: RunningGateway) => Promise<Result>,
): Promise<Result> {
  // A refreshed token is kept there.
  await makeDataDirectory(dataDirectory);
  const temporary = await mkdtemp(path.join(tmpdir(), 'tollgate-aside-'));
  const keep = (from: string, to: string): Promise<void> =>
    copyFile(path.join(from, 'models.json'), path.join(to, 'models.json')).catch(() => undefined);
  try {
    // So is a list of models.
    await keep(dataDirectory, temporary);
    const gateway = await startAlone({
      catalogueFile,
      dataDirectory: temporary,
      secretsDirectory: dataDirectory,
      port: 0,
      token: '',
    });
    try {
      return await use(gateway);
    } finally {
      await gateway.close();
      await keep(temporary, dataDirectory);
    }
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}
