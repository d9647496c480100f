import assert from 'node:assert/strict';
import type { AccountReport } from '../../src/shared/account.ts';
import { verifyAccount } from '../../src/gateway/account/verifyAccount.ts';
import { resolveApis } from '../../src/gateway/resolveApis.ts';
import { createBalanceChecks } from '../../src/gateway/warnings/balanceChecks.ts';
import { catalogueSchema } from '../../src/shared/catalogue.ts';
import { closeAll, closeLater, pause, until, upstream } from './support.ts';

describe('Checks of a balance', () => {
  afterEach(closeAll);

  it('are made again only where somebody verified it, and only while it is in use', async () => {
    let asked = 0;
    const { url } = await upstream((_, response) => {
      asked++;
      const balance = { currency: 'USD', total_balance: '9.00', granted_balance: '0', topped_up_balance: '9.00' };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ is_available: true, balance_infos: [balance] }));
    });
    const declared = { provider: 'deepseek', upstream: url, credential: { type: 'key' } };
    const [api] = resolveApis(catalogueSchema.parse({ apis: { deepseek: declared } })).apis;
    assert.ok(api);
    const placement = { in: 'header', name: 'Authorization', scheme: 'Bearer' } as const;
    const account = { fetch, credentials: { injection: () => Promise.resolve({ placement, value: 'key' }) } };
    const noted: AccountReport[] = [];
    let lastAt = Date.now() + 60_000;
    const checks = createBalanceChecks({
      minutes: () => 0.0005,
      apis: () => new Map([['deepseek', api]]),
      account,
      board: { list: () => [{ name: 'deepseek', lastAt } as never] },
      recording: { noteAccount: (report) => void noted.push(report) },
      period: 10,
    });
    closeLater(async () => {
      await Promise.resolve();
      checks.dispose();
    });
    await pause(100);
    assert.equal(asked, 0);

    checks.verified(await verifyAccount(api, null, { ...account, environment: {} }));
    await until(() => noted.length >= 2, 'two checks');
    assert.equal(noted[0]?.figures.amount, 9);
    lastAt = 0;
    await pause(60);
    const before = asked;
    await pause(120);
    assert.equal(asked, before);
  });
});
