import path from 'node:path';
import type { GatewayHost } from '../../shared/protocol.ts';
import type { GatewayOptions } from '../../shared/settings.ts';
import type { Credentials } from '../parts.ts';
import { createCredentials } from './credentials.ts';
import { openDestinations } from './destinations.ts';

/** The credentials of a gateway, with what is known of where their secrets may go. */
export async function openCredentials(
  options: GatewayOptions,
  host: GatewayHost,
  fetchUpstream: typeof fetch,
): Promise<Credentials> {
  const { catalogueFile, dataDirectory, environment, configured } = options;
  return createCredentials({
    host,
    environment,
    fetch: fetchUpstream,
    destinations: await openDestinations(path.join(dataDirectory, 'destinations.json'), configured === 'trusted'),
    ...(catalogueFile === null ? {} : { directory: path.dirname(catalogueFile) }),
  });
}
