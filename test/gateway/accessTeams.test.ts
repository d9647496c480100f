import assert from 'node:assert/strict';
import type { AccessBoard, AuditEntry } from '../../src/shared/access.ts';
import type { TeamRole } from '../../src/shared/accessTeams.ts';
import type { ExchangePage, LogGroup, Spending } from '../../src/shared/protocol.ts';
import { trendQuery, type Trends } from '../../src/shared/trends.ts';
import { call, declared, subscribed } from './accessStage.ts';
import { closeAll, until, type GatewayFixture } from './support.ts';

describe('A team', () => {
  afterEach(closeAll);

  it('sees its own part of the gateway and nothing of another’s, by any way there is', async () => {
    const gateway = await declared({
      budgets: { web: { team: 'web', usd: 5 }, press: { team: 'press', usd: 7 }, all: { usd: 9 } },
    });
    const shop = await subscribed(gateway, 'z');
    const theirs = await gateway.api.requestSubscription({ application: 'blog', api: 'x' });
    const foreign = await gateway.api.issueKey({ application: 'blog', name: 'secret' });
    await call(gateway, '/z/a', { 'x-api-key': shop });
    await call(gateway, '/y/a', { 'x-api-key': foreign.secret });
    await until(
      async () => (await gateway.api.exchanges({ filter: 'application:blog', limit: 9 })).rows[0],
      'the call',
    );
    const as = await member(gateway, 'web', 'owner');
    const { status, body } = await as('GET', 'v1/access');
    const board = body as AccessBoard;
    assert.equal(status, 200);
    assert.deepEqual(
      [board.teams, board.applications, board.keys, board.subscriptions, board.limits].map((some) => some.length),
      [1, 1, 1, 1, 1],
    );
    assert.ok(!/blog|press|secret/.test(JSON.stringify(board)), JSON.stringify(board));
    const trail = (await as('GET', 'v1/audit')).body as readonly AuditEntry[];
    assert.ok(trail.length > 0 && trail.every(({ team }) => team === 'web'));
    for (const filter of ['', 'application:blog', 'application:blog or method:POST', '-application:shop']) {
      const { rows } = (await as('POST', 'api/exchanges', [{ filter, limit: 9 }])).body as ExchangePage;
      assert.ok(
        rows.every(({ application }) => application === 'shop'),
        filter,
      );
    }
    assert.equal((await as('POST', 'api/exchanges', [{ filter: 'a) or (b', limit: 9 }])).status, 422);
    const groups = (await as('POST', 'api/groups', [{ filter: '', by: 'application' }])).body as readonly LogGroup[];
    assert.deepEqual(
      groups.map(({ key }) => key),
      ['shop'],
    );
    const [row] = (await gateway.api.exchanges({ filter: 'application:blog', limit: 1 })).rows;
    assert.equal((await as('POST', 'api/exchange', [row?.id])).body, null);
    assert.equal((await as('POST', 'api/body', [row?.id, 'response'])).body, null);
    for (const [method, path, asked] of [
      ['POST', 'v1/keys', { application: 'blog', name: 'mine' }],
      ['DELETE', `v1/keys/${foreign.key.id}`, undefined],
      ['POST', `v1/keys/${foreign.key.id}/rotate`, {}],
      ['POST', 'v1/subscriptions', { application: 'blog', api: 'z' }],
      ['POST', `v1/subscriptions/${theirs.id}/approve`, {}],
      ['POST', 'v1/tokens', { application: 'blog' }],
      ['POST', 'v1/team-tokens', { team: 'press', name: 'me' }],
    ] as const)
      assert.equal((await as(method, path, asked)).status, 422, path);
    for (const [method, path, asked] of [
      ['POST', 'v1/validations', { presented: foreign.secret }],
      ['PUT', 'v1/applications/blog', { team: 'web' }],
      ['PUT', 'v1/applications/other', { team: 'press' }],
      ['PUT', 'v1/budgets/press', { team: 'web', usd: 1 }],
      ['PUT', 'v1/plans/free', { quota: { calls: 9 } }],
      ['PUT', 'v1/teams/press', {}],
      ['DELETE', 'v1/budgets/press', undefined],
      ['GET', 'v1/state', undefined],
      ['POST', 'api/clear', []],
      ['POST', 'api/setSecret', ['y', null]],
      ['POST', 'api/warnings', []],
    ] as const)
      assert.equal((await as(method, path, asked)).status, 403, path);
  });

  it('is told what its own applications’ calls came to, and no others’', async () => {
    const gateway = await declared({ teams: { web: {}, press: {}, idle: {} } });
    const shop = await subscribed(gateway, 'z');
    const blog = await gateway.api.issueKey({ application: 'blog', name: 'blog' });
    for (const key of [shop, shop, blog.secret]) await call(gateway, '/y/a', { 'x-api-key': key });
    await call(gateway, '/y/open', {});
    const query = trendQuery('1h', 'application', Date.now());
    await until(async () => ((await gateway.api.trends(query)).total.sum.calls === 4 ? true : undefined), 'the calls');
    const told = async (team: string, role: TeamRole = 'developer'): Promise<unknown> => {
      const as = await member(gateway, team, role);
      const answers = [];
      for (const applications of [undefined, ['blog'], ['shop', 'blog']]) {
        const asked = applications === undefined ? {} : { applications };
        const { total } = (await as('POST', 'api/trends', [{ ...query, ...asked }])).body as Trends;
        const spent = (await as('POST', 'api/spending', [{ since: 0, by: 'application', ...asked }])).body;
        const sum = (spent as readonly Spending[]).map(({ key, calls }) => [key, calls]);
        answers.push([total.sum.calls, sum]);
      }
      const har = (await as('POST', 'api/exportHar', [''])).body as string;
      return [...answers, (JSON.parse(har) as { log: { entries: readonly unknown[] } }).log.entries.length];
    };
    const none = [0, []];
    const web = [2, [['shop', 2]]];
    const press = [1, [['blog', 1]]];
    assert.deepEqual(await told('web'), [web, none, web, 2]);
    assert.deepEqual(await told('press'), [press, press, press, 1]);
    assert.deepEqual(await told('idle'), [none, none, none, 0]);
    // Who only counts what is whole cannot tell them apart.
    const all = await gateway.api.spending({ since: 0, by: 'application' });
    assert.deepEqual(
      new Set(all.map(({ key, calls }) => `${key ?? 'none'} ${calls}`)),
      new Set(['shop 2', 'blog 1', 'none 1']),
    );
  });

  it('is managed as far as a token’s role goes, in its holder’s name, until the token is revoked', async () => {
    const gateway = await declared({});
    const developer = await member(gateway, 'web', 'developer');
    const admin = await member(gateway, 'web', 'admin');
    const owner = await member(gateway, 'web', 'owner');
    assert.equal((await developer('POST', 'v1/keys', { application: 'shop', name: 'ci' })).status, 201);
    const asked = await developer('POST', 'v1/subscriptions', { application: 'shop', api: 'x' });
    const { id, requestedBy } = asked.body as { id: string; requestedBy: string };
    assert.equal(requestedBy, 'developer (web)');
    // Nobody said that the team offers it.
    assert.equal((await owner('POST', `v1/subscriptions/${id}/approve`, {})).status, 403);
    assert.equal((await developer('POST', `v1/subscriptions/${id}/cancel`, {})).status, 200);
    assert.equal((await developer('PUT', 'v1/applications/tool', { team: 'web' })).status, 403);
    assert.equal((await admin('PUT', 'v1/applications/tool', { team: 'web' })).status, 200);
    assert.equal((await admin('PUT', 'v1/budgets/mine', { application: 'tool', calls: 5 })).status, 200);
    assert.equal((await admin('DELETE', 'v1/applications/tool')).status, 422, 'a budget names it');
    assert.equal((await admin('PUT', 'v1/teams/web', { title: 'Web' })).status, 403);
    assert.equal((await owner('PUT', 'v1/teams/web', { title: 'Web' })).status, 200);
    assert.equal((await admin('GET', 'v1/team-tokens')).status, 403);
    const tokens = (await owner('GET', 'v1/team-tokens')).body as readonly { id: string; name: string; hint: string }[];
    assert.equal(tokens.length, 3);
    const mine = tokens.find(({ name }) => name === 'developer');
    assert.equal((await owner('DELETE', `v1/team-tokens/${mine?.id ?? ''}`)).status, 200);
    assert.equal((await developer('GET', 'v1/access')).status, 401);
    // What is left of another's application is not taken over with its name.
    await gateway.api.declare({ kind: 'application', name: 'gone', declaration: { team: 'press' } });
    await gateway.api.undeclare('application', 'gone');
    assert.equal((await admin('PUT', 'v1/applications/gone', { team: 'web' })).status, 403);
    const [entry] = await gateway.api.accessAudit({ subject: mine?.id ?? '' });
    assert.deepEqual([entry?.action, entry?.by, entry?.team], ['teamToken.revoked', 'owner (web)', 'web']);
  });

  it('decides on who may call what it offers', async () => {
    const gateway = await declared({
      apis: { own: { upstream: 'http://127.0.0.1:9', access: { subscription: 'manual', owner: 'press' } } },
    });
    const asked = await gateway.api.requestSubscription({ application: 'shop', api: 'own' });
    const admin = await member(gateway, 'press', 'admin');
    const seen = (await admin('GET', 'v1/subscriptions')).body as readonly { id: string }[];
    assert.deepEqual(
      seen.map(({ id }) => id),
      [asked.id],
    );
    const developer = await member(gateway, 'press', 'developer');
    assert.equal((await developer('POST', `v1/subscriptions/${asked.id}/approve`, {})).status, 403);
    const decided = await admin('POST', `v1/subscriptions/${asked.id}/approve`, {});
    assert.deepEqual((decided.body as { state: string }).state, 'active');
  });

  it('keeps its applications to the APIs and methods of its policy', async () => {
    const gateway = await declared({ teams: { web: { policy: { apis: ['y', 'z'], methods: ['POST'] } }, press: {} } });
    const secret = await subscribed(gateway, 'z');
    await subscribed(gateway, 'x');
    assert.equal((await call(gateway, '/z/a', { 'x-api-key': secret })).status, 200);
    const refused = await call(gateway, '/x/a', { 'x-api-key': secret });
    assert.deepEqual([refused.status, (refused.body as { code: string }).code], [403, 'team_policy']);
    assert.match((refused.body as { hint: string }).hint, /"teams\.web\.policy" in tollgate\.jsonc/);
    assert.equal((await fetch(`${gateway.url}/z/a`, { headers: { 'x-api-key': secret } })).status, 403);
  });
});

type Ask = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** Somebody with a token of a team. */
async function member(gateway: GatewayFixture, team: string, role: TeamRole): Promise<Ask> {
  const { secret } = await gateway.api.issueTeamToken({ team, role, name: role });
  return async (method, path, body) => {
    const response = await fetch(`${gateway.url}/_tollgate/${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
}
