import assert from 'node:assert/strict';
import { createAccess } from '../../src/gateway/access.ts';
import type { ResolvedApi } from '../../src/gateway/parts.ts';
import { programEnvironment } from '../../src/gateway/programEnvironment.ts';
import { providerById } from '../../src/providers/index.ts';
import type { CredentialState } from '../../src/shared/secret.ts';

const url = 'http://127.0.0.1:4321';
const access = createAccess('token');

function api(name: string, providerId: string | null): ResolvedApi {
  const provider = providerId === null ? null : providerById(providerId);
  return {
    name,
    title: name,
    provider,
    upstream: new URL('https://example.test'),
    credential: provider === null ? null : { name, declaration: { type: 'key' }, placement: provider.auth },
    headers: {},
    timeouts: { connect: 1, firstByte: 1, idle: 1 },
  };
}

function environment(apis: readonly ResolvedApi[], state: CredentialState = { kind: 'missing' }) {
  return programEnvironment(url, apis, access, { state: () => state });
}

describe('the environment of programs', () => {
  it('names the gateway, its key and every API', () => {
    assert.deepEqual(environment([api('orders', null), api('my.api-2', null)]), {
      TOLLGATE_URL: url,
      TOLLGATE_KEY: access.programKey,
      TOLLGATE_ORDERS_URL: `${url}/orders`,
      TOLLGATE_MY_API_2_URL: `${url}/my.api-2`,
    });
  });

  it('points the vendors’ SDKs at the gateway', () => {
    const variables = environment([api('llm', 'openai'), api('claude', 'anthropic')]);
    assert.equal(variables.OPENAI_BASE_URL, `${url}/llm/v1`);
    assert.equal(variables.ANTHROPIC_BASE_URL, `${url}/claude`);
    assert.equal(variables.OPENAI_API_KEY, undefined);
  });

  it('chooses the API named like the provider, else the first', () => {
    assert.equal(environment([api('a', 'openai'), api('b', 'openai')]).OPENAI_BASE_URL, `${url}/a/v1`);
    assert.equal(environment([api('a', 'openai'), api('openai', 'openai')]).OPENAI_BASE_URL, `${url}/openai/v1`);
  });

  it('gives SDKs the program key where the real one is stored', () => {
    const stored: CredentialState = { kind: 'ready', expiresAt: null, refreshable: false, from: 'stored' };
    assert.equal(environment([api('openai', 'openai')], stored).OPENAI_API_KEY, access.programKey);
    assert.equal(environment([api('openai', 'openai')], { kind: 'refreshing' }).OPENAI_API_KEY, access.programKey);
  });

  it('leaves a real key in the variable that the gateway itself reads it from', () => {
    const own: CredentialState = { kind: 'ready', expiresAt: null, refreshable: false, from: 'environment' };
    assert.equal(environment([api('openai', 'openai')], own).OPENAI_API_KEY, undefined);
  });
});
