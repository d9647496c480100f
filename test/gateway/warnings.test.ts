import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { startGateway, type RunningGateway } from '../../src/gateway/gateway.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { plain } from '../../src/shared/text.ts';
import type { Warning, WarningBoard } from '../../src/shared/warning.ts';
import { warningText } from '../../src/shared/warningText.ts';
import { closeAll, closeLater, gatewayWith, temporaryFolder, token, until, upstream } from './support.ts';

const hour = 3_600_000;

describe('Warnings', () => {
  afterEach(closeAll);

  it('come when answers tell that a day’s quota is nearly used, with the reset, and once for each kind', async () => {
    let left = 90;
    const { url } = await upstream((_, response) => {
      quota(response, 1000, left--).end('{}');
    });
    const gateway = await gatewayWith({ search: { upstream: url, title: 'Search' } });
    const told: WarningBoard[] = [];
    gateway.on('warningsChanged', (board) => told.push(board));
    await call(gateway, 'search', 1);
    assert.deepEqual((await gateway.api.warnings()).warnings, []);
    await call(gateway, 'search', 4);
    const warning = await until(async () => {
      const found = await warningOf(gateway, 'search');
      return found.remaining === 86 ? found : null;
    }, 'the newest reading');
    assert.deepEqual([warning.kind, warning.limit, warning.muted], ['quota_running_out', 1000, false]);
    assert.match(plain(warningText(warning, Date.now())), /^91 % of today’s requests used; resets in 4 h\.$/);
    await until(() => Promise.resolve(told.at(-1)?.warnings[0]?.remaining === 86), 'the event');
    assert.deepEqual(new Set(told.flatMap(({ warnings }) => warnings.map(({ since }) => since))).size, 1);
  });

  it('tell when a balance is out at the present pace, and end with a top-up', async () => {
    let balance = 2;
    const { url } = await upstream((_, response) => {
      balance -= 0.25;
      response.writeHead(200, { 'x-venice-balance-usd': balance.toFixed(2), 'content-type': 'application/json' });
      response.end('{}');
    });
    const gateway = await gatewayWith({ venice: { provider: 'venice', upstream: url } });
    await call(gateway, 'venice', 3);
    const warning = await warningOf(gateway, 'venice');
    assert.equal(warning.kind, 'credit_running_out');
    // Half a dollar in what counts as a quarter of an hour: 1.25 last 37 minutes.
    const minutes = ((warning.runsOutAt ?? 0) - Date.now()) / 60_000;
    assert.ok(minutes > 36 && minutes < 38.5, String(minutes));
    assert.match(
      plain(warningText(warning, Date.now())),
      /^At this pace out of credit in about 3[78] min: 1\.25 USD left\.$/,
    );
    balance = 50;
    await call(gateway, 'venice', 1);
    await until(async () => (await gateway.api.warnings()).warnings.length === 0, 'the end of the warning');
  });

  it('do not come of what was rehearsed, nor where they are switched off', async () => {
    const { url } = await upstream((_, response) => void quota(response, 1000, 10).end('{}'));
    const off = { ...defaultSettings, warnings: { ...defaultSettings.warnings, enabled: false } };
    const gateway = await gatewayWith({ a: { upstream: url } }, { settings: off });
    await call(gateway, 'a', 3);
    assert.deepEqual((await gateway.api.warnings()).warnings, []);
    await gateway.api.configure(defaultSettings);
    await gateway.api.simulate('a', { cause: 'usage_quota_exceeded', when: { kind: 'every', nth: 1 } });
    await call(gateway, 'a', 3);
    assert.deepEqual((await gateway.api.warnings()).warnings, []);
    await gateway.api.simulate('a', null);
    await call(gateway, 'a', 2);
    await warningOf(gateway, 'a');
  });

  it('are muted by API and kind, and stay so over a restart, as do the readings', async () => {
    const { url } = await upstream((_, response) => void quota(response, 100, 4).end('{}'));
    const directory = await temporaryFolder();
    const options = {
      ...({ catalogueFile: null, dataDirectory: directory, port: 0, whenPortTaken: 'another', token } as const),
      ...{ settings: defaultSettings, environment: {} },
    };
    const host = { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() };
    const first = await gatewayWith({ a: { upstream: url }, b: { upstream: url } }, { dataDirectory: directory });
    await call(first, 'a', 2);
    await call(first, 'b', 2);
    await warningOf(first, 'b');
    await first.api.muteWarnings({ api: 'a', kind: 'quota_running_out' }, true);
    assert.equal((await warningOf(first, 'a')).muted, true);
    assert.equal((await warningOf(first, 'b')).muted, false);
    await first.api.clear();
    await first.close();

    const second = await startGateway(options, host);
    closeLater(() => second.close());
    assert.equal((await warningOf(second, 'a')).muted, true);
    assert.deepEqual((await second.api.warnings()).mutes, [{ api: 'a', kind: 'quota_running_out' }]);
    await second.api.muteWarnings({ api: 'a', kind: null }, false);
    assert.equal((await warningOf(second, 'a')).muted, false);
    await second.api.muteWarnings({ api: 'b', kind: null }, true);
    const { warnings, mutes } = await second.api.warnings();
    assert.deepEqual(mutes, [{ api: 'b', kind: null }]);
    assert.equal(warnings.find(({ api }) => api === 'b')?.muted, true);
  });

  it('follow from a verified account and what calls have cost since', async () => {
    const { url } = await upstream((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (request.url === '/user/balance') {
        const balance = { currency: 'USD', total_balance: '0.60', granted_balance: '0', topped_up_balance: '0.60' };
        response.end(JSON.stringify({ is_available: true, balance_infos: [balance] }));
        return;
      }
      const usage = { prompt_tokens: 100_000, completion_tokens: 100_000, total_tokens: 200_000, cost: 0.05 };
      response.end(JSON.stringify({ id: '1', object: 'chat.completion', model: 'deepseek-chat', choices: [], usage }));
    });
    const gateway = await gatewayWith(
      { deepseek: { provider: 'deepseek', upstream: url, credential: { type: 'key' } } },
      { secrets: { deepseek: { type: 'key', value: 'sk-0123456789abcdef0123456789abcdef' } } },
    );
    const report = await gateway.api.verifyAccount('deepseek');
    assert.equal(report.figures.amount, 0.6, JSON.stringify(report));
    assert.deepEqual((await gateway.api.warnings()).warnings, []);
    const body = JSON.stringify({ model: 'deepseek-chat', messages: [] });
    for (let count = 0; count < 4; count++) {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      await (await fetch(`${gateway.url}/deepseek/chat/completions`, sent)).text();
    }
    const warning = await warningOf(gateway, 'deepseek');
    assert.equal(warning.kind, 'credit_running_out');
    assert.ok(warning.remaining < 0.6 && (warning.runsOutAt ?? 0) < Date.now() + 8 * hour, JSON.stringify(warning));
  });

  it('come as a budget nears its end, from the share that it says', async () => {
    const { url } = await upstream((_, response) => {
      const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20, cost: 0.004 };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ model: 'openai/gpt-4o-mini', choices: [], usage }));
    });
    const budget = { usd: 0.01, per: 'month', warnAt: 0.7 };
    const gateway = await gatewayWith({ openrouter: { provider: 'openrouter', upstream: url, budget } });
    await call(gateway, 'openrouter', 2);
    const warning = await until(
      async () => (await gateway.api.warnings()).warnings.find(({ kind }) => kind === 'budget_running_out'),
      'the warning',
    );
    assert.deepEqual([warning.api, warning.unit, warning.limit], ['openrouter', 'USD', 0.01]);
    assert.equal(plain(warningText(warning, Date.now())), '80 % of the budget of 0.01 USD is spent.');
  });
});

function quota(response: ServerResponse, limit: number, remaining: number): ServerResponse {
  return response.writeHead(200, {
    'content-type': 'application/json',
    'RateLimit-Policy': `"daily";q=${limit};w=86400`,
    RateLimit: `"daily";r=${remaining};t=${4 * 3600}`,
  });
}

async function call(gateway: RunningGateway, api: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) await (await fetch(`${gateway.url}/${api}/v1/things`)).text();
}

async function warningOf(gateway: RunningGateway, name: string): Promise<Warning> {
  let found: Warning | undefined;
  await until(async () => {
    found = (await gateway.api.warnings()).warnings.find(({ api }) => api === name);
    return found !== undefined;
  }, `a warning of ${name}`);
  assert.ok(found);
  return found;
}
