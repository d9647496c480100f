import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiLifecycle } from '../../src/shared/lifecycle.ts';
import { ChannelError } from '../../src/shared/channel.ts';
import { closeAll, echo, gatewayWith, lastExchange, until, upstream, type GatewayFixture } from './support.ts';

const ordersFile = path.resolve('test/fixtures/openapi/orders.yaml');

async function orders(routes: 'open' | 'strict' = 'strict'): Promise<GatewayFixture> {
  const { url } = await upstream(echo);
  return gatewayWith({ orders: { upstream: url, routes } });
}

async function published(routes: 'open' | 'strict' = 'strict'): Promise<GatewayFixture> {
  const gateway = await orders(routes);
  const text = await readFile(ordersFile, 'utf8');
  await gateway.api.importDescription('orders', { kind: 'text', text, name: 'orders.yaml' });
  await declared(gateway);
  await gateway.api.publishDescription('orders');
  return gateway;
}

/** Until the gateway goes by what an import wrote to `tollgate.jsonc`. */
async function declared(gateway: GatewayFixture): Promise<void> {
  await until(async () => (await state(gateway))?.draftState !== undefined, 'the draft to be declared');
}

async function state(gateway: GatewayFixture): Promise<ApiLifecycle | undefined> {
  return (await gateway.api.apis())[0]?.lifecycle;
}

async function changeDraft(gateway: GatewayFixture, change: (text: string) => string): Promise<void> {
  const draft = path.join(gateway.directory, 'tollgate/orders.openapi.yaml');
  await writeFile(draft, change(await readFile(draft, 'utf8')));
}

interface Problem {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

async function call(gateway: GatewayFixture, target: string, method = 'GET') {
  const response = await fetch(`${gateway.url}${target}`, { method });
  const body = await response.text();
  const problem = body === '' ? null : (JSON.parse(body) as Problem);
  return { status: response.status, headers: response.headers, error: problem?.error };
}

const coded = (code: string) => (error: unknown) => error instanceof ChannelError && error.code === code;

describe('The life cycle of an API', () => {
  afterEach(closeAll);

  it('keeps draft and versions as files beside tollgate.jsonc, and declares the draft there', async () => {
    const gateway = await published();
    assert.deepEqual((await readdir(path.join(gateway.directory, 'tollgate'), { recursive: true })).sort(), [
      'orders.openapi.yaml',
      'orders.versions',
      'orders.versions/1.0.0.openapi.yaml',
      'orders.versions/versions.json',
    ]);
    const catalogue = JSON.parse(await readFile(gateway.catalogueFile, 'utf8')) as { apis: { orders: object } };
    assert.equal((catalogue.apis.orders as { openapi: string }).openapi, 'tollgate/orders.openapi.yaml');
    const now = await state(gateway);
    assert.equal(now?.current, '1.0.0');
    assert.equal(now.draftState, 'same');
  });

  it('answers an unknown path 404 and says what is near, and a wrong method 405 with what is allowed', async () => {
    const gateway = await published();
    await until(async () => (await call(gateway, '/orders/nothing/of/it')).status === 404);
    const near = await call(gateway, '/orders/v1/order/17');
    assert.equal(near.status, 404);
    assert.equal(near.error?.code, 'unknown_path');
    assert.match(near.error.hint, /GET \/v1\/orders\/\{orderId\}/);
    assert.deepEqual((await lastExchange(gateway)).diagnosis?.facts.route, {
      ...{ code: 'unknown_path', version: '1.0.0', nearest: 'GET /v1/orders/{orderId}' },
    });
    const wrong = await call(gateway, '/orders/v1/orders/17', 'PUT');
    assert.equal(wrong.status, 405);
    assert.equal(wrong.headers.get('allow'), 'DELETE, GET, HEAD');
    assert.equal(wrong.headers.get('x-tollgate-error'), 'method_not_allowed');
  });

  it('passes what is described, below the server’s path or without it, HEAD as GET and any OPTIONS', async () => {
    const gateway = await published();
    await until(async () => (await call(gateway, '/orders/v1/nothing')).status === 404);
    for (const [method, target] of [
      ['GET', '/orders/v1/orders?limit=3'],
      ['GET', '/orders/orders/17'],
      ['GET', '/orders/v1/orders/a%2Fb/invoice.pdf'],
      ['DELETE', '/orders/v1/orders/latest'],
      ['OPTIONS', '/orders/v1/orders'],
    ] as const)
      assert.equal((await call(gateway, target, method)).status, 200, `${method} ${target}`);
    assert.equal((await fetch(`${gateway.url}/orders/v1/orders`, { method: 'HEAD' })).status, 200);
  });

  it('passes everything where routes are not strict, and names what is described in the log all the same', async () => {
    const gateway = await published('open');
    await until(async () => {
      await call(gateway, '/orders/v1/orders/17');
      return (await lastExchange(gateway)).operation !== undefined;
    });
    assert.equal((await lastExchange(gateway)).operation, 'GET /orders/{orderId} (getOrder)');
    assert.equal((await call(gateway, '/orders/whatever')).status, 200);
    assert.equal((await lastExchange(gateway)).operation, undefined);
    for (const filter of ['operation:getOrder', 'op:/orders/{', 'operation:get*getorder*'])
      assert.ok((await gateway.api.exchanges({ filter, limit: 10 })).total > 0, filter);
    assert.equal((await gateway.api.exchanges({ filter: 'operation:listOrders', limit: 10 })).total, 0);
  });

  it('marks answers of a deprecated version, with the day it ends and what comes after it', async () => {
    const gateway = await published();
    const told = await gateway.api.deprecateVersion('orders', '1.0.0', {
      since: '2026-01-02T03:04:05Z',
      sunset: '2027-01-31',
      link: 'https://example.com/moving',
      successor: 'https://example.com/v2',
    });
    assert.equal(told.versions[0]?.state, 'deprecated');
    const { status, headers } = await call(gateway, '/orders/v1/orders');
    assert.equal(status, 200);
    assert.equal(headers.get('deprecation'), '@1767323045');
    assert.equal(headers.get('sunset'), 'Sun, 31 Jan 2027 00:00:00 GMT');
    assert.equal(
      headers.get('link'),
      '<https://example.com/moving>; rel="deprecation", <https://example.com/moving>; rel="sunset", ' +
        '<https://example.com/v2>; rel="successor-version"',
    );
    await gateway.api.deprecateVersion('orders', '1.0.0', null);
    assert.equal((await call(gateway, '/orders/v1/orders')).headers.get('deprecation'), null);
    await assert.rejects(gateway.api.deprecateVersion('orders', '1.0.0', { sunset: 'soon' }), coded('notice_invalid'));
  });

  it('marks answers of an operation that its description calls deprecated', async () => {
    const gateway = await published();
    const { headers } = await call(gateway, '/orders/v1/orders/17', 'DELETE');
    assert.match(headers.get('deprecation') ?? '', /^@\d{10}$/);
    assert.equal((await call(gateway, '/orders/v1/orders/17')).headers.get('deprecation'), null);
  });

  it('serves versions side by side, answers 410 for a retired one and says where to go', async () => {
    const gateway = await published();
    await changeDraft(gateway, (text) => text.replace('/orders/latest', '/orders/newest'));
    await gateway.api.publishDescription('orders', '2.0.0');
    assert.equal((await call(gateway, '/orders/v1/orders/newest')).status, 200);
    assert.equal((await call(gateway, '/orders@1.0.0/v1/orders/latest')).status, 200);
    assert.equal((await call(gateway, '/orders@1.0.0/v1/things')).status, 404);
    const unknown = await call(gateway, '/orders@1.0/v1/orders');
    assert.equal(unknown.status, 404);
    assert.equal(unknown.error?.code, 'unknown_version');
    assert.match(unknown.error.hint, /1\.0\.0/);
    await gateway.api.retireVersion('orders', '1.0.0', { successor: '2.0.0' });
    const gone = await call(gateway, '/orders@1.0.0/v1/orders');
    assert.equal(gone.status, 410);
    assert.equal(gone.error?.code, 'api_retired');
    assert.equal(gone.headers.get('link'), `<${gateway.url}/orders@2.0.0>; rel="successor-version"`);
    assert.match(gone.error.hint, /orders@2\.0\.0/);
    assert.equal((await call(gateway, '/orders/v1/orders')).status, 200);
    await gateway.api.retireVersion('orders', '1.0.0', null);
    assert.equal((await call(gateway, '/orders@1.0.0/v1/orders')).status, 200);
  });

  it('publishes what changed, tells what that breaks, and rolls back in one step', async () => {
    const gateway = await published();
    await assert.rejects(gateway.api.publishDescription('orders'), coded('nothing_to_publish'));
    await changeDraft(gateway, (text) => text.replace('/orders/latest', '/orders/newest'));
    await until(async () => (await state(gateway))?.draftState === 'changed', 'the changed draft');
    const { from, to, changes, suggested } = await gateway.api.descriptionChanges('orders');
    assert.deepEqual([from, to, suggested], ['1.0.0', '1.0.0', '2.0.0']);
    assert.deepEqual(
      changes.map(({ kind, breaking, operation }) => [kind, breaking, operation]),
      [
        ['removed', true, 'GET /orders/latest'],
        ['added', false, 'GET /orders/newest'],
      ],
    );
    await assert.rejects(gateway.api.publishDescription('orders'), coded('version_exists'));
    assert.equal((await gateway.api.publishDescription('orders', '2.0.0')).current, '2.0.0');
    assert.match(
      await readFile(path.join(gateway.directory, 'tollgate/orders.openapi.yaml'), 'utf8'),
      /version: 2\.0\.0/,
    );
    assert.equal((await gateway.api.rollBackDescription('orders')).current, '1.0.0');
    assert.equal((await call(gateway, '/orders/v1/orders/latest')).status, 200);
    await assert.rejects(gateway.api.rollBackDescription('orders'), coded('unknown_version'));
    assert.equal((await gateway.api.rollBackDescription('orders', '2.0.0')).current, '2.0.0');
  });

  it('takes what a commit brings: versions that others published, and their going', async () => {
    const gateway = await published();
    const index = path.join(gateway.directory, 'tollgate/orders.versions/versions.json');
    const content = await readFile(index, 'utf8');
    await rm(index);
    await until(async () => (await call(gateway, '/orders/things')).status === 200, 'no version in force');
    await writeFile(index, content);
    await until(async () => (await call(gateway, '/orders/things')).status === 404, 'the version in force again');
    await writeFile(index, '{ "current":');
    await until(async () => (await state(gateway))?.trouble?.includes('versions.json'), 'the trouble');
    assert.equal((await call(gateway, '/orders/things')).status, 404);
  });

  it('imports from a URL, and says what it found there where that is no description', async () => {
    const gateway = await orders();
    const text = await readFile(ordersFile, 'utf8');
    const site = await upstream((request, response) => {
      if (request.url === '/openapi.yaml') response.writeHead(200, { 'Content-Type': 'application/yaml' }).end(text);
      else if (request.url === '/docs') response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>');
      else response.writeHead(404).end();
    });
    const imported = await gateway.api.importDescription('orders', { kind: 'url', url: `${site.url}/openapi.yaml` });
    assert.deepEqual([imported.operations, imported.problems], [6, []]);
    for (const [target, said] of [
      ['/docs', /web page/],
      ['/missing', /answered 404/],
    ] as const)
      await assert.rejects(
        gateway.api.importDescription('orders', { kind: 'url', url: site.url + target }, true),
        (error) => coded('no_description')(error) && said.test((error as Error).message),
      );
    const other = { kind: 'text', text: text.replace('Orders', 'Others'), name: 'a.yaml' } as const;
    await assert.rejects(gateway.api.importDescription('orders', other), coded('draft_exists'));
    await gateway.api.importDescription('orders', other, true);
  });

  it('infers a description from captured traffic, without any value of it', async () => {
    const { url } = await upstream((request, response) => {
      const id = /(\d+)/.exec(request.url ?? '')?.[1];
      const order = { id: id ?? 'x', total: 12.5, at: '2026-05-01T10:00:00Z', buyer: { name: 'Ada Lovelace' } };
      const status = id === '404' ? 404 : 200;
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(status === 404 ? { error: 'none' } : id === undefined ? { data: [order] } : order));
    });
    const gateway = await gatewayWith({ orders: { upstream: url } });
    for (const target of ['/v1/orders?limit=3', '/v1/orders/17', '/v1/orders/18', '/v1/orders/404'])
      await fetch(`${gateway.url}/orders${target}`);
    await fetch(`${gateway.url}/orders/v1/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer sk-secret-of-mine' },
      body: JSON.stringify({ note: 'Private matter', count: 2 }),
    });
    await lastExchange(gateway);
    const { draft, calls, operations, problems } = await gateway.api.importDescription('orders', {
      kind: 'traffic',
      filter: '',
    });
    assert.deepEqual([calls, operations, problems], [5, 3, []]);
    const text = await readFile(draft, 'utf8');
    assert.match(text, /\/v1\/orders\/\{orderId\}:/);
    assert.match(text, /format: date-time/);
    assert.match(text, /operationId: getV1OrdersByOrderId/);
    assert.doesNotMatch(text, /Lovelace|Private|secret|12\.5/);
    await declared(gateway);
    assert.equal((await gateway.api.publishDescription('orders')).current, '0.1.0');
  });
});
