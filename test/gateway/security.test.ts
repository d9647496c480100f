import assert from 'node:assert/strict';
import { closeAll, echo, gatewayWith, talk, token, upstream, type Echoed, type GatewayFixture } from './support.ts';

describe('The gateway’s doors', () => {
  afterEach(closeAll);

  it('are closed to names that were made to resolve to this machine', async () => {
    const gateway = await gatewayWith({ a: { upstream: (await upstream(echo)).url } });
    const { port } = gateway;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1:1',
      '127.0.0.1',
      `127.0.0.1.evil.example:${port}`,
      '',
    ])
      for (const path of ['/a/', '/_tollgate/health', '/_tollgate/api/apis'])
        assert.match(await raw(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`), /^HTTP\/1\.1 403 .*forbidden_host/s);
    assert.match(
      await raw(port, `GET /a/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\n`),
      /^HTTP\/1\.1 40[03] /,
    );
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      assert.match(await raw(port, `GET /a/ HTTP/1.1\r\nHost: ${host}\r\n`), /^HTTP\/1\.1 200 /);
  });

  it('are closed to pages from elsewhere', async () => {
    const gateway = await gatewayWith({ a: { upstream: (await upstream(echo)).url } });
    const call = (fields: string): Promise<string> =>
      raw(gateway.port, `GET /a/ HTTP/1.1\r\nHost: localhost:${gateway.port}\r\n${fields}`);
    for (const fields of [
      'Origin: https://evil.example\r\n',
      'Origin: null\r\n',
      'Origin: http://127.0.0.1.evil.example\r\n',
      'Origin: vscode-webview://abc\r\n',
      'Sec-Fetch-Site: cross-site\r\n',
    ])
      assert.match(await call(fields), /^HTTP\/1\.1 403 .*forbidden_origin/s, fields);
    for (const fields of ['Origin: http://localhost:3000\r\n', 'Origin: http://127.0.0.1:5173\r\n', ''])
      assert.match(await call(fields), /^HTTP\/1\.1 200 /, fields);
  });

  it('pass on what an upstream says about other origins, untouched', async () => {
    const { url } = await upstream((_request, response) => {
      response.writeHead(204, { 'Access-Control-Allow-Origin': 'http://localhost:3000' }).end();
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const response = await fetch(`${gateway.url}/a/`, {
      method: 'OPTIONS',
      headers: { Origin: 'http://localhost:3000', 'Access-Control-Request-Method': 'POST' },
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), 'http://localhost:3000');
  });

  it('open to control calls by the token only', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:9' } });
    for (const key of [undefined, 'wrong', gateway.programKey]) {
      const refused = await control(gateway, 'apis', [], key);
      assert.equal(refused.status, 401);
      assert.equal(refused.headers.get('x-tollgate-error'), 'unauthorized');
    }
    const apis = await control(gateway, 'apis', [], token);
    assert.equal(apis.status, 200);
    assert.equal(((await apis.json()) as { name: string }[])[0]?.name, 'a');
    assert.equal((await control(gateway, 'setRunning', ['a', false], token)).status, 200);
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 503);
  });

  it('keep whoever guesses at the token waiting, and nobody who has it', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:9' } });
    const guesses = new Set(Array.from({ length: 40 }, (_, index) => control(gateway, 'apis', [], `wrong ${index}`)));
    let answered = 0;
    for (const guess of guesses) void guess.then(() => (answered += 1));
    await Promise.race(guesses);
    for (let call = 0; call < 10; call += 1) assert.equal((await control(gateway, 'apis', [], token)).status, 200);
    assert.ok(answered < 20, `${String(answered)} of 40 guesses were answered meanwhile`);
    await gateway.close();
    await Promise.allSettled(guesses);
  });

  it('answer wrong control calls with a reason', async () => {
    const gateway = await gatewayWith({});
    const reason = async (answer: Response): Promise<string> =>
      ((await answer.json()) as { error: { code: string } }).error.code;
    const unknown = await control(gateway, 'constructor', [], token);
    assert.equal(unknown.status, 404);
    assert.equal(await reason(unknown), 'not_found');
    const notDeclared = await control(gateway, 'setRunning', ['nowhere', true], token);
    assert.equal(notDeclared.status, 422);
    assert.equal(await reason(notDeclared), 'unknown_api');
    const headers = { Authorization: `Bearer ${token}` };
    const broken = await fetch(`${gateway.url}/_tollgate/api/apis`, { method: 'POST', body: '{', headers });
    assert.equal(broken.status, 400);
    const read = await fetch(`${gateway.url}/_tollgate/api/apis`, { headers });
    assert.equal(read.status, 400);
    assert.equal((await fetch(`${gateway.url}/_tollgate/elsewhere`)).status, 404);
  });

  it('tell anybody that this is a gateway, and nothing more', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:9' } });
    const health = await fetch(`${gateway.url}/_tollgate/health`);
    assert.deepEqual(await health.json(), { name: 'tollgate', pid: process.pid });
  });

  it('spend a stored credential for those that have the key, and for nobody else', async () => {
    const { url } = await upstream(echo);
    const apis = {
      openai: { provider: 'openai', upstream: url },
      maps: { upstream: url, credential: { type: 'key', send: { query: 'key' } } },
    };
    const secrets = {
      openai: { type: 'key', value: 'sk-the-real-one' },
      maps: { type: 'key', value: 'map key' },
    } as const;
    const gateway = await gatewayWith(apis, { secrets });
    const ask = async (path: string, headers: Record<string, string>): Promise<Echoed> =>
      (await (await fetch(gateway.url + path, { headers })).json()) as Echoed;
    const withKey = await ask('/openai/v1/models', { Authorization: `Bearer ${gateway.programKey}`, 'X-Other': '1' });
    assert.equal(field(withKey, 'authorization'), 'Bearer sk-the-real-one');
    assert.equal(field(withKey, 'x-other'), '1');
    const own = await ask('/openai/v1/models', { Authorization: 'Bearer sk-my-own' });
    assert.equal(field(own, 'authorization'), 'Bearer sk-my-own');
    assert.equal(field(await ask('/openai/v1/models', {}), 'authorization'), undefined);
    const query = await ask(`/maps/tile?x=1&key=${gateway.programKey}&y=2`, {});
    assert.equal(query.url, '/tile?x=1&y=2&key=map%20key');
  });

  it('lead nowhere but below an API’s own upstream', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: `${url}/tenant` } });
    const call = (path: string): Promise<string> =>
      raw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: localhost:${gateway.port}\r\n`);
    for (const path of ['/a/../other', '/a/x/../../other', '/a/%2e%2e/other', '/a/.%2E/other', '/a/x%2f..%2f../other'])
      assert.match(await call(path), /^HTTP\/1\.1 400 .*bad_request/s, path);
    for (const path of ['/a/x/../y', '/a/...', '/a/x?next=/../y', '/a/v1..2', '/a//x'])
      assert.ok((await call(path)).includes(`"/tenant${path.slice(2)}"`), path);
  });

  it('know the key of another gateway, and say what to do', async () => {
    const gateway = await gatewayWith({ a: { upstream: (await upstream(echo)).url } });
    const other = await gatewayWith({}, { token: 'another token' });
    const headers = { Authorization: `Bearer ${other.programKey}` };
    const response = await fetch(`${gateway.url}/a/`, { headers });
    assert.equal(response.status, 401);
    assert.match(await response.text(), /Open a new terminal/);
  });

  it('add declared headers, in the place of the client’s', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: url, headers: { 'X-Team': 'blue' } } });
    const response = await fetch(`${gateway.url}/a/`, { headers: { 'x-team': 'red' } });
    const { rawHeaders } = (await response.json()) as Echoed;
    assert.deepEqual(
      rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() === 'x-team'),
      ['X-Team', 'blue'],
    );
  });
});

function raw(port: number, head: string): Promise<string> {
  return talk(port, `${head}Connection: close\r\n\r\n`, () => false);
}

function control(
  gateway: GatewayFixture,
  method: string,
  parameters: readonly unknown[],
  key: string | undefined,
): Promise<Response> {
  return fetch(`${gateway.url}/_tollgate/api/${method}`, {
    method: 'POST',
    headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
    body: JSON.stringify(parameters),
  });
}

function field(echoed: Echoed, name: string): string | undefined {
  const at = echoed.rawHeaders.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name);
  return at === -1 ? undefined : echoed.rawHeaders[at + 1];
}
