import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startGateway } from '../../src/gateway/gateway.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { closeLater, echo, temporaryFolder, token, upstream, type GatewayFixture } from './support.ts';

const plans = {
  free: { quota: { calls: 2, per: 'total' } },
  slow: { rate: { calls: 1, per: '1h' } },
  soft: { quota: { calls: 1, per: 'total', status: 429 } },
  brief: { expires: '1s' },
};

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Calls an API with an empty object. */
export async function call(
  gateway: { readonly url: string },
  target: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(gateway.url + target, { method: 'POST', body: '{}', headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A gateway with teams, applications and plans. */
export function declared(more: object = {}): Promise<GatewayFixture> {
  return gatewayWith({
    plans,
    teams: { web: {}, press: {} },
    applications: { shop: { team: 'web' }, blog: { team: 'press' } },
    ...more,
  });
}

/** A gateway with these members in its catalogue. */
export async function gatewayWith(
  members: object,
  environment: Readonly<Record<string, string>> = {},
): Promise<GatewayFixture> {
  const { url } = await upstream((request, response) => {
    if (request.headers['x-endless'] === undefined) echo(request, response);
    else response.writeHead(200).write('{');
  });
  const wanted = (plan: string | null, more: object = {}): object => ({
    upstream: url,
    access: { subscription: 'auto', ...(plan === null ? {} : { plans: [plan] }), ...more },
  });
  const apis = {
    y: { upstream: url },
    endless: { upstream: url, headers: { 'x-endless': '1' } },
    nowhere: { upstream: 'http://127.0.0.1:9' },
    ...('plans' in members
      ? {
          x: wanted('free', { subscription: 'manual' }),
          z: wanted(null),
          rated: wanted('slow'),
          softly: wanted('soft'),
          briefly: wanted('brief'),
          closed: wanted(null, { teams: ['web'] }),
        }
      : {}),
  };
  const directory = await temporaryFolder();
  const catalogueFile = path.join(directory, 'tollgate.jsonc');
  await writeFile(catalogueFile, JSON.stringify({ apis, ...members }));
  const started = await restarted({ catalogueFile }, path.join(directory, 'data'), environment);
  return { ...started, directory, catalogueFile };
}

/** A gateway on a catalogue and a folder that may have been used before. */
export async function restarted(
  { catalogueFile }: { readonly catalogueFile: string },
  dataDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof startGateway> {
  const gateway = await startGateway(
    {
      catalogueFile,
      dataDirectory,
      port: 0,
      whenPortTaken: 'another',
      token,
      settings: defaultSettings,
      environment,
    },
    { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() },
  );
  closeLater(() => gateway.close());
  return gateway;
}

/** A key of the shop, which is subscribed then. */
export async function subscribed(gateway: GatewayFixture, api: string): Promise<string> {
  const asked = await gateway.api.requestSubscription({ application: 'shop', api });
  if (asked.state === 'requested') await gateway.api.decideSubscription({ id: asked.id, decision: 'approve' });
  return (await gateway.api.issueKey({ application: 'shop', name: api })).secret;
}
