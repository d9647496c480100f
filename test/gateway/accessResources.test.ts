import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { resources } from '../../src/gateway/access/resources/resourceTable.ts';
import { startGateway } from '../../src/gateway/gateway.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { closeAll, closeLater, temporaryFolder, token } from './support.ts';

type Described = Record<
  string,
  Record<string, { responses: Record<string, { content: { 'application/json': { schema: object } } }> }>
>;

describe('The control API about access', () => {
  afterEach(closeAll);

  it('is described in full, and every answer is as described', async () => {
    const url = await gateway();
    const openApi = (await (await fetch(`${url}/_tollgate/openapi.json`, { headers: shown })).json()) as {
      paths: Described;
    };
    const described = Object.entries(openApi.paths).flatMap(([at, methods]) =>
      Object.keys(methods).map((one) => `${one} ${at}`),
    );
    assert.deepEqual(
      described.sort(),
      resources.map(({ method, path: at }) => `${method.toLowerCase()} /_tollgate/${at}`).sort(),
    );
    const ajv = new Ajv2020({ strict: false });
    const asked = new Set<string>();
    const ask = async (
      method: string,
      at: string,
      body?: unknown,
      names: Record<string, string> = {},
    ): Promise<never> => {
      asked.add(`${method.toLowerCase()} /_tollgate/${at.replace(/\?.*/, '')}`);
      const target = at.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
      const response = await fetch(`${url}/_tollgate/${target}`, {
        ...{ method, headers: { ...shown, 'content-type': 'application/json' } },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      const schema =
        openApi.paths[`/_tollgate/${at.replace(/\?.*/, '')}`]?.[method.toLowerCase()]?.responses[
          String(response.status)
        ];
      assert.ok(schema !== undefined, `${method} ${at} answered ${response.status}: ${JSON.stringify(answer)}`);
      const valid = ajv.validate(schema.content['application/json'].schema, answer);
      assert.ok(valid, `${method} ${at}: ${ajv.errorsText()} in ${JSON.stringify(answer)}`);
      return answer as never;
    };
    await ask('PUT', 'v1/teams/{name}', { title: 'Web' }, { name: 'web' });
    await ask('PUT', 'v1/applications/{name}', { team: 'web' }, { name: 'shop' });
    await ask('PUT', 'v1/plans/{name}', { quota: { calls: 5 } }, { name: 'free' });
    await ask('PUT', 'v1/budgets/{name}', { calls: 5 }, { name: 'b' });
    const { id } = (await ask('POST', 'v1/subscriptions', { application: 'shop', api: 'x' })) as { id: string };
    await ask('POST', 'v1/subscriptions/{id}/reject', { opinion: 'No.' }, { id });
    await ask('POST', 'v1/subscriptions', { application: 'shop', api: 'x' });
    for (const decision of ['approve', 'renew', 'suspend', 'resume', 'cancel'])
      await ask('POST', `v1/subscriptions/{id}/${decision}`, {}, { id });
    const issued = (await ask('POST', 'v1/keys', { application: 'shop', name: 'ci' })) as {
      secret: string;
      key: { id: string };
    };
    const ofTeam = (await ask('POST', 'v1/team-tokens', { team: 'web', name: 'me' })) as { token: { id: string } };
    await ask('GET', 'v1/team-tokens');
    await ask('DELETE', 'v1/team-tokens/{id}', undefined, ofTeam.token);
    await ask('POST', 'v1/validations', { presented: issued.secret });
    await ask('POST', 'v1/tokens', { application: 'shop' });
    await ask('POST', 'v1/keys/{id}/rotate', {}, issued.key);
    await ask('DELETE', 'v1/keys/{id}', undefined, issued.key);
    for (const name of ['access', 'teams', 'applications', 'plans', 'apis', 'subscriptions', 'keys', 'limits', 'usage'])
      await ask('GET', `v1/${name}`);
    const trail: readonly unknown[] = await ask('GET', 'v1/audit?limit=3');
    assert.equal(trail.length, 3);
    await ask('PUT', 'v1/state', await ask('GET', 'v1/state'));
    for (const [at, name] of [
      ['budgets', 'b'],
      ['plans', 'free'],
      ['applications', 'shop'],
      ['teams', 'web'],
    ] as const)
      await ask('DELETE', `v1/${at}/{name}`, undefined, { name });
    assert.deepEqual(
      described.filter((one) => !asked.has(one)),
      [],
    );
  });

  it('wants the gateway’s token for all but its public keys, and says what is wrong', async () => {
    const url = await gateway();
    assert.equal((await fetch(`${url}/_tollgate/v1/access`)).status, 401);
    assert.equal((await fetch(`${url}/_tollgate/openapi.json`)).status, 401);
    const { keys } = (await (await fetch(`${url}/_tollgate/.well-known/jwks.json`)).json()) as {
      keys: { d?: string; kty: string }[];
    };
    assert.deepEqual(
      keys.map(({ kty, d }) => [kty, d]),
      [['OKP', undefined]],
    );
    const wrong = await fetch(`${url}/_tollgate/v1/keys`, {
      method: 'POST',
      headers: shown,
      body: '{"application":"no","name":"n"}',
    });
    assert.deepEqual(
      [wrong.status, ((await wrong.json()) as { error: { code: string } }).error.code],
      [422, 'unknown_application'],
    );
  });
});

const shown = { authorization: `Bearer ${token}` };

async function gateway(): Promise<string> {
  const directory = await temporaryFolder();
  const catalogueFile = path.join(directory, 'tollgate.jsonc');
  await writeFile(
    catalogueFile,
    '{ "apis": { "x": { "upstream": "http://127.0.0.1:9", "access": { "subscription": "manual" } } } }',
  );
  const options = {
    catalogueFile,
    dataDirectory: path.join(directory, 'data'),
    port: 0,
    whenPortTaken: 'another',
  } as const;
  const started = await startGateway(
    { ...options, token, settings: defaultSettings, environment: {} },
    { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() },
  );
  closeLater(() => started.close());
  return started.url;
}
