import assert from 'node:assert/strict';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { call, gatewayWith } from './accessStage.ts';
import { closeAll, upstream } from './support.ts';

const issuer = 'https://id.example.com/';
const now = (): number => Math.floor(Date.now() / 1000);

describe('A token of another issuer', () => {
  afterEach(closeAll);

  it('opens what its application may call, and nothing where anything about it is wrong', async function () {
    this.timeout(60_000);
    const keys = await Promise.all(['one', 'two'].map(signer));
    const [one, two] = keys;
    assert.ok(one !== undefined && two !== undefined);
    const published = [one.jwk];
    let asked = 0;
    const { url } = await upstream((_request, response) => {
      asked++;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: published }));
    });
    const gateway = await gatewayWith({
      ...{ plans: {}, teams: { web: {} }, applications: { shop: { team: 'web' } } },
      apis: {
        z: {
          upstream: (await upstream((_, response) => void response.end('{}'))).url,
          access: { subscription: 'auto', tokens: ['id'] },
        },
      },
      tokens: {
        id: {
          ...{ issuer, jwks: `${url}/jwks.json`, audience: ['orders'], algorithms: ['ES256'], clockSkew: '10s' },
          application: { claim: 'azp' },
        },
      },
    });
    await gateway.api.requestSubscription({ application: 'shop', api: 'z' });
    const codeOf = async (token: string): Promise<unknown> => {
      const { status, body } = await call(gateway, '/z/a', { authorization: `Bearer ${token}` });
      return status === 200 ? 200 : (body as { code: string }).code;
    };
    assert.equal(await codeOf(await one.sign({})), 200);
    assert.equal(await codeOf(await one.sign({})), 200);
    assert.equal(asked, 1, 'its keys are kept');
    assert.equal(await codeOf(await one.sign({ exp: now() - 5 })), 200, 'clocks may differ');
    assert.equal(await codeOf(await one.sign({ exp: now() - 60 })), 'key_expired');
    for (const wrong of [
      { nbf: now() + 60 },
      { exp: undefined },
      { iss: 'https://other.example.com/' },
      { aud: 'payments' },
      { azp: undefined },
      { azp: 'nobody' },
    ])
      assert.equal(await codeOf(await one.sign(wrong)), 'token_invalid', JSON.stringify(wrong));
    const [head = '', body = '', signature = ''] = (await one.sign({})).split('.');
    const headed = (alg: string): string => Buffer.from(JSON.stringify({ alg, kid: 'one' })).toString('base64url');
    assert.equal(await codeOf(`${headed('none')}.${body}.x`), 'token_invalid');
    // The public key as the secret of a symmetric one: an old trick.
    const secret = new TextEncoder().encode(JSON.stringify(one.jwk));
    const confused = await new SignJWT(claims({})).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    assert.equal(await codeOf(confused), 'token_invalid');
    const other = Buffer.from(JSON.stringify({ ...claims({}), azp: 'blog' })).toString('base64url');
    assert.equal(await codeOf(`${head}.${other}.${signature}`), 'token_invalid');
    assert.equal(await codeOf(await two.sign({})), 'token_invalid', 'nobody published that key');
  });

  it('is verified with the keys of today: those that were rotated in are fetched, and what cannot be is told', async () => {
    const [one, two] = await Promise.all(['one', 'two'].map(signer));
    assert.ok(one !== undefined && two !== undefined);
    const { openTokens } = await import('../../src/gateway/access/joseTokens.ts');
    const { temporaryFolder } = await import('./support.ts');
    let published: readonly JWK[] = [one.jwk];
    const { url, server } = await upstream((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: published }));
    });
    const tokens = await openTokens(await temporaryFolder(), null, fetch, 0);
    const issuers = [
      {
        ...{ name: 'id', issuer, jwks: `${url}/keys`, audience: ['orders'] },
        algorithms: ['ES256' as const],
        application: 'shop',
      },
    ];
    assert.ok('application' in (await tokens.verify(await one.sign({}), issuers)));
    published = [two.jwk];
    assert.ok('application' in (await tokens.verify(await two.sign({}), issuers)));
    const gone = await tokens.verify(await one.sign({}), issuers);
    assert.deepEqual('why' in gone && gone.why, 'invalid');
    server.closeAllConnections();
    server.close();
    const late = await tokens.verify(await one.sign({}), issuers);
    assert.deepEqual('why' in late && late.why, 'unreachable');
  });
});

interface Signer {
  readonly jwk: JWK;
  sign(change: object): Promise<string>;
}

function claims(change: object): Record<string, unknown> {
  return { iss: issuer, aud: 'orders', azp: 'shop', exp: now() + 600, ...change };
}

async function signer(kid: string): Promise<Signer> {
  const pair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey } = await generateKeyPair('ES256');
  return {
    jwk: { ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256' },
    sign: (change) => new SignJWT(claims(change)).setProtectedHeader({ alg: 'ES256', kid }).sign(pair.privateKey),
  };
}
