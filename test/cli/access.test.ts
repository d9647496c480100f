import assert from 'node:assert/strict';
import path from 'node:path';
import { withLogSource } from '../../src/cli/logSource.ts';
import { withRunningGateway } from '../../src/cli/runningGateway.ts';
import { subscriptionActions, type Told } from '../../src/cli/accessActions.ts';
import { tokenActions } from '../../src/cli/tokenActions.ts';
import { trendQuery } from '../../src/shared/trends.ts';
import { call, gatewayWith } from '../gateway/accessStage.ts';
import { closeAll, until, upstream, type GatewayFixture } from '../gateway/support.ts';

type Json = Readonly<Record<string, unknown>>;
const key = 'sk-0123456789abcdef0123456789abcdef';

describe('access on the command line', () => {
  let gateway: GatewayFixture;
  before(async () => {
    const vendor = await upstream((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/token')
        response.end(JSON.stringify({ access_token: 'at-1', token_type: 'Bearer', expires_in: 3600 }));
      else response.writeHead(401).end('{"error":{"message":"Authentication Fails"}}');
    });
    const oauth = { type: 'oauth2', grant: 'client_credentials', tokenUrl: `${vendor.url}/token`, clientId: 'me' };
    const stage = await gatewayWith(
      {
        teams: { web: {}, press: {} },
        applications: { shop: { team: 'web' }, blog: { team: 'press' } },
        apis: {
          asked: { upstream: vendor.url, access: { subscription: 'manual' } },
          open: { upstream: vendor.url },
          vendor: { upstream: vendor.url, credential: { ...oauth, env: 'CLIENT_SECRET' } },
          llm: { upstream: vendor.url, provider: 'deepseek' },
        },
      },
      { CLIENT_SECRET: 'a-client-secret', DEEPSEEK_API_KEY: key },
    );
    gateway = stage;
  });
  after(closeAll);

  it('shows those who ask what was decided and why, as the refused call does', async () => {
    const asked = await subscription('request', ['shop', 'asked'], { reason: 'for the basket' });
    const { id } = asked.json as { id: string };
    const rejected = await subscription('reject', [id], { reason: 'no budget this year' });
    assert.match(rejected.lines.join('\n'), /is rejected\.: “no budget this year”/);
    assert.match((await subscription('list')).lines.join('\n'), /rejected +shop → asked \(no plan\): “no budget this/);
    const shown = (await subscription('show', [id])).lines.join('\n');
    assert.match(shown, /requested by .*: “for the basket”\n {2}decided by .*: “no budget this year”/);
    await assert.rejects(subscription('show', ['sub_none']), /There is no subscription "sub_none"/);
    const { secret } = await gateway.api.issueKey({ application: 'shop', name: 'ci' });
    const refused = await call(gateway, '/asked/a', { 'x-api-key': secret });
    const said = refused.body as Json;
    assert.deepEqual(
      [refused.status, said.code, said.decision, typeof said.decided_by, typeof said.decided_at],
      [403, 'subscription_rejected', 'no budget this year', 'string', 'string'],
    );
    assert.match(String(said.detail), /was rejected. “no budget this year”/);
    const finding = await until(
      async () => (await gateway.api.exchanges({ filter: 'api:asked has:finding', limit: 1 })).rows[0]?.diagnosis,
      'the finding',
    );
    assert.match(JSON.stringify(finding.summary), /no budget this year/);
  });

  it('reads the log of a running gateway as far as a team’s token opens it', async () => {
    for (const application of ['shop', 'blog']) {
      const { secret } = await gateway.api.issueKey({ application, name: 'team' });
      await call(gateway, '/open/a', { 'x-api-key': secret });
    }
    await until(
      async () => ((await gateway.api.exchanges({ filter: 'api:open', limit: 9 })).total === 2 ? true : undefined),
      'both calls',
    );
    const { secret: token } = await gateway.api.issueTeamToken({ team: 'press', role: 'developer', name: 'me' });
    const places = { catalogueFile: gateway.catalogueFile, dataDirectory: path.join(gateway.directory, 'data') };
    await withLogSource(places, { token }, async (log) => {
      const { rows } = await log.exchanges({ filter: '', limit: 9 });
      assert.deepEqual(
        rows.map(({ application }) => application),
        ['blog'],
      );
      const body = await log.body(rows[0]?.id ?? ('' as never), 'response');
      assert.match(Buffer.from(body?.bytes ?? []).toString(), /Authentication Fails/);
      const har = JSON.parse([...(await log.exportHar(''))].join('')) as { log: { entries: readonly unknown[] } };
      assert.equal(har.log.entries.length, 1);
      const { total } = await log.trends(trendQuery('1h', 'all', Date.now()));
      assert.equal(total.sum.calls, 1);
    });
    const elsewhere = { ...places, dataDirectory: path.join(gateway.directory, 'none') };
    await assert.rejects(
      withRunningGateway(elsewhere, { token }, () => Promise.resolve()),
      /none does there/,
    );
  });

  it('generates, refreshes and validates tokens of applications and of providers', async () => {
    const generated = (await token('generate', 'shop')).json as { token: string };
    assert.match(generated.token, /^eyJ/);
    const own = (await token('validate', generated.token)).json as Json;
    assert.deepEqual([own.valid, own.application], [true, 'shop']);
    const missing = (await token('validate', 'vendor')).json as Json;
    const refreshed = await token('refresh', 'vendor');
    const { valid, kind, expiresAt } = refreshed.json as Json;
    assert.deepEqual([valid, kind, Number(expiresAt) > Date.now()], [true, 'refreshed', true], String(missing.message));
    assert.equal(((await token('generate', 'vendor')).json as Json).kind, 'refreshed');
    const notRefreshable = await token('refresh', 'llm');
    assert.deepEqual([(notRefreshable.json as Json).valid, notRefreshable.lines.length], [false, 1]);
    const foreign = await token('validate', key);
    assert.match(foreign.lines.join('\n'), /looks like one of /);
    const live = await token('validate', 'llm');
    const { valid: isGood, account } = live.json as { valid: boolean; account: { why: string } };
    assert.deepEqual([isGood, account.why], [false, 'unauthorized']);
    const listed = await token('list');
    assert.match(listed.lines.join('\n'), /vendor {2}oauth2 {2}ready, ends /);
    await assert.rejects(token('generate', 'nobody'), /neither an application nor an API/);
    const all = JSON.stringify([refreshed, notRefreshable, foreign, live, listed]);
    assert.ok(!all.includes(key) && !all.includes('a-client-secret') && !all.includes('at-1'));
  });

  function subscription(action: string, operands: readonly string[] = [], options: object = {}): Promise<Told> {
    return run(subscriptionActions[action], operands, options);
  }

  function token(action: string, ...operands: readonly string[]): Promise<Told> {
    return run(tokenActions[action], operands, {});
  }

  async function run(
    action: (typeof tokenActions)[string] | undefined,
    operands: readonly string[],
    options: object,
  ): Promise<Told> {
    assert.ok(action !== undefined);
    return action(gateway.api, operands, { ...options });
  }
});
