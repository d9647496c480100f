import assert from 'node:assert/strict';
import { credentialLook, credentialLookOf } from '../../src/gateway/credentials/credentialLook.ts';

const jwt = (claims: object): string =>
  ['{"alg":"none"}', JSON.stringify(claims), 'sig'].map((part) => Buffer.from(part).toString('base64url')).join('.');

describe('What a credential tells about itself', () => {
  const key = `sk-or-v1-${'0a'.repeat(32)}`;

  it('is whose keys look so', () => {
    assert.ok(credentialLook(key).providers.includes('openrouter'));
    assert.deepEqual(credentialLook('sandbox').providers, []);
  });

  it('is what a JWT claims, and nothing of any other', () => {
    const claims = {
      exp: 2_000_000_000,
      nbf: 1_700_000_000,
      scope: 'chat.read chat.write',
      aud: 'api',
      iss: 'https://id',
    };
    const look = credentialLook(jwt(claims));
    assert.deepEqual(
      { ...look, fingerprint: null },
      {
        ...{ kind: 'jwt', providers: [], expiresAt: 2_000_000_000_000, notBefore: 1_700_000_000_000 },
        ...{ scopes: ['chat.read', 'chat.write'], audience: ['api'], issuer: 'https://id', fingerprint: null },
      },
    );
    assert.deepEqual(credentialLook(jwt({ scp: ['a', 'b'], aud: ['x', 1] })).scopes, ['a', 'b']);
    assert.equal(credentialLook('a.b.c').kind, 'key');
  });

  it('is never the credential, nor what a short one could be guessed from', () => {
    assert.ok(!JSON.stringify(credentialLook(key)).includes('0a0a'));
    assert.match(credentialLook(key).fingerprint ?? '', /^[0-9a-f]{4}$/);
    assert.equal(credentialLook('short-password').fingerprint, null);
    assert.equal(credentialLookOf([['Authorization', 'Basic dXNlcjpwYXNzd29yZHBhc3N3b3Jk']])?.fingerprint, null);
  });

  it('is found wherever clients put keys', () => {
    for (const header of [
      ['Authorization', `Bearer ${key}`],
      ['authorization', key],
      ['X-Api-Key', key],
      ['x-goog-api-key', key],
    ] as const)
      assert.equal(
        credentialLookOf([['accept', '*/*'], header])?.fingerprint,
        credentialLook(key).fingerprint,
        header[0],
      );
    assert.equal(credentialLookOf([['accept', '*/*']]), null);
  });
});
