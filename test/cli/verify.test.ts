import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Stage } from './stage.ts';

describe('tollgate verify', function () {
  this.timeout(60_000);
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  const environment = { DEEPSEEK_API_KEY: 'sk-0123456789abcdef0123456789abcdef' };

  async function account(total: string): Promise<void> {
    const body = { is_available: total !== '0.00', balance_infos: [{ currency: 'USD', total_balance: total }] };
    const url = await stage.upstream((request, response) => {
      response.writeHead(request.url === '/user/balance' ? 200 : 404).end(JSON.stringify(body));
    });
    stage.declare(url, { llm: { provider: 'deepseek' } });
  }

  it('says what is left, with the key from the environment', async () => {
    await account('4.20');
    const { code, stdout, stderr } = await stage.run(['verify', 'llm'], { environment });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^DeepSeek: funded\. 4\.20 USD left\.\n {2}See https:\/\/platform\.deepseek\.com\/top_up\n$/);
    assert.ok(!existsSync(path.join(stage.data, 'gateway.json')));
  });

  it('exits with 3 where nothing is left, and tells all as JSON', async () => {
    await account('0.00');
    const { code, stdout } = await stage.run(['verify', 'llm', '--json'], { environment });
    assert.equal(code, 3);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(report.state, 'unfunded');
    assert.deepEqual(report.figures, { amount: 0, unit: 'USD' });
    assert.equal(typeof report.sentence, 'string');
    assert.ok(!stdout.includes(environment.DEEPSEEK_API_KEY));
  });

  it('exits with 4 where it cannot be told, and with 2 or 1 where nothing was asked', async () => {
    await account('1.00');
    const unknown = await stage.run(['verify', 'llm'], { environment: { DEEPSEEK_API_KEY: '' } });
    assert.equal(unknown.code, 4);
    assert.match(unknown.stdout, /holds no credential of DeepSeek/);
    const nameless = await stage.run(['verify']);
    assert.deepEqual([nameless.code, nameless.stderr.includes('Name the API')], [2, true]);
    const nobody = await stage.run(['verify', 'nobody']);
    assert.deepEqual([nobody.code, nobody.stderr.includes('no API "nobody"')], [1, true]);
  });
});
