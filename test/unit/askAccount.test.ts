import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accountUrl, dates, fitting } from '../../src/gateway/account/accountUrl.ts';
import { askAccount } from '../../src/gateway/account/askAccount.ts';
import { resolveApis } from '../../src/gateway/resolveApis.ts';
import type { ResolvedApi } from '../../src/gateway/parts.ts';
import { providerById } from '../../src/providers/index.ts';
import { catalogueSchema } from '../../src/shared/catalogue.ts';
import { plain } from '../../src/shared/text.ts';

function apiOf(provider: string, upstream?: string): ResolvedApi {
  const declaration = { provider, ...(upstream === undefined ? {} : { upstream }) };
  const [api] = resolveApis(catalogueSchema.parse({ apis: { one: declaration } })).apis;
  assert.ok(api !== undefined);
  return api;
}

const idsFor = (provider: string, upstream?: string): readonly string[] =>
  fitting(providerById(provider)?.checks ?? [], apiOf(provider, upstream)).map(({ id }) => id);

describe('Asking about an account', () => {
  it('puts the path of the check behind the API’s root, what both share once', () => {
    const url = (upstream: string, path: string): string => accountUrl(path, apiOf('openrouter', upstream), {}).href;
    assert.equal(url('https://openrouter.ai', '/api/v1/key'), 'https://openrouter.ai/api/v1/key');
    assert.equal(url('https://openrouter.ai/api/v1/', '/api/v1/key'), 'https://openrouter.ai/api/v1/key');
    assert.equal(url('http://127.0.0.1:1/a/b', '/user/balance'), 'http://127.0.0.1:1/a/b/user/balance');
    assert.equal(url('http://127.0.0.1:1/a/api', '/api/v1/key?x=1'), 'http://127.0.0.1:1/a/api/v1/key?x=1');
  });

  it('fills names in braces, escaped', () => {
    const api = apiOf('xai');
    const path = 'https://management-api.x.ai/v1/billing/teams/{team}/prepaid/balance';
    const { pathname, host } = accountUrl(path, api, { team: '../a b' });
    assert.deepEqual([host, pathname], ['management-api.x.ai', '/v1/billing/teams/..%2Fa%20b/prepaid/balance']);
    assert.throws(() => accountUrl(path, api, {}), TypeError);
    const { month, monthStart, tomorrow } = dates(Date.UTC(2031, 11, 31, 23, 59));
    assert.deepEqual([month, monthStart, tomorrow], ['2031-12-01', '1953849600', '2032-01-01']);
  });

  it('sends a key to other hosts only where the upstream is the vendor’s own', () => {
    assert.deepEqual(idsFor('chutes'), ['quota']);
    assert.deepEqual(idsFor('chutes', 'http://127.0.0.1:1'), []);
    assert.deepEqual(idsFor('moonshot'), ['balance']);
    assert.deepEqual(idsFor('moonshot', 'https://api.kimi.com'), ['usages']);
    assert.deepEqual(idsFor('github-copilot', 'https://api.individual.githubcopilot.com'), ['quotas']);
  });

  it('does not wait for ever, nor tells the key where it failed', async () => {
    const server = createServer(() => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const api = apiOf('serpapi', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
      const { status, reading } = await askAccount(
        { id: 'account', covers: 'account', path: '/account', read: () => null },
        {
          api,
          fetch,
          injection: { placement: { in: 'query', name: 'api_key' }, value: 'very-secret' },
          environment: {},
          signal: AbortSignal.timeout(60),
          now: Date.now(),
        },
      );
      assert.deepEqual([status, reading.why], [null, 'unreachable']);
      assert.match(plain(reading.sentence), /did not answer within 10 s/);
      assert.ok(!JSON.stringify(reading).includes('very-secret'));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
