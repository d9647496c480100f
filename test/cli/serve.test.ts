import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { Stage, refuse } from './stage.ts';

describe('tollgate serve', function () {
  this.timeout(60_000);
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  interface Listening {
    readonly event: string;
    readonly port: number;
    readonly url: string;
    readonly data: string;
  }

  async function serve(...args: string[]) {
    const running = stage.start(['serve', ...args]);
    const listening = await running.until(() => running.events()[0]);
    assert.equal(listening.event, 'listening');
    return { running, listening: listening as unknown as Listening };
  }

  it('says where it listens, then tells each finding, as JSON lines alone', async () => {
    stage.declare(await stage.upstream(refuse), { llm: { provider: 'openrouter' } });
    const { running, listening } = await serve('--port', '0');
    assert.equal(listening.url, `http://127.0.0.1:${String(listening.port)}`);
    const response = await fetch(`${listening.url}/llm/api/v1/chat/completions`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 402);
    const finding = await running.until(() => running.events()[1]);
    assert.equal(finding.event, 'finding');
    assert.equal(finding.cause, 'insufficient_funds');
    assert.equal(finding.api, 'llm');
    assert.equal(finding.status, 402);
    assert.equal(finding.file, null);
    running.child.kill('SIGTERM');
    const { code, stdout, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trimEnd().split('\n').length, 2);
    assert.equal(stderr, '');
    assert.match((await stage.run(['log'])).stdout, /insufficient_funds/);
  });

  it('lets calls under way end when it is stopped, refuses new ones and stores all', async () => {
    const finish: (() => void)[] = [];
    const url = await stage.upstream((_request, response) => {
      response.write('data: 1\n\n');
      finish.push(() => void response.end('data: 2\n\n'));
    });
    // One that a worker serves, and one that the first process does.
    stage.declare(url, { plain: {}, limited: { budget: { usd: 100 } } });
    const { running, listening } = await serve('--workers', '2', '--drain', '30');
    const responses = [await fetch(`${listening.url}/plain/`), await fetch(`${listening.url}/limited/`)];
    running.child.kill('SIGTERM');
    while (await isOpen(listening.port)) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const end of finish) end();
    for (const response of responses) assert.equal(await response.text(), 'data: 1\n\ndata: 2\n\n');
    const { code, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    const { stdout } = await stage.run(['log', '--json']);
    assert.equal(stdout.match(/"complete"/g)?.length, 2, stdout);
  });

  it('opens control calls to its token alone', async () => {
    stage.declare('http://127.0.0.1:9', { llm: {} });
    const { listening } = await serve('--data', 'here');
    const kept = readFileSync(path.join(stage.folder, 'here', 'token'), 'utf8').trim();
    const status = async (url: string, token: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${url}/_tollgate/api/apis`, { method: 'POST', headers, body: '[]' })).status;
    };
    assert.equal(await status(listening.url, 'wrong'), 401);
    assert.equal(await status(listening.url, kept), 200);
    const given = await serve('--data', 'there', '--token', 'my-own-token');
    assert.equal(await status(given.listening.url, 'my-own-token'), 200);
    assert.ok(!existsSync(path.join(stage.folder, 'there', 'token')));
  });

  it('fails clearly where its port is taken', async () => {
    stage.declare('http://127.0.0.1:9', { llm: {} });
    const { listening } = await serve();
    const { code, stdout, stderr } = await stage.run(['serve', '--port', String(listening.port)]);
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(String(listening.port)), stderr);
  });

  it('refuses bad arguments and a broken configuration', async () => {
    for (const [args, code, message] of [
      [['--port', '70000'], 2, /"70000" is no port.*See "tollgate serve --help"/],
      [['--nonsense'], 2, /Unknown option '--nonsense'/],
      [['--config', 'nope.jsonc'], 1, /There is no file .*nope\.jsonc/],
    ] as const) {
      const ended = await stage.run(['serve', ...args]);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, message);
      assert.equal(ended.stdout, '');
    }
    stage.write('tollgate.jsonc', '{\n  "apis": { "a": { "upstream": 5 } }\n}');
    const broken = await stage.run(['serve']);
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /^tollgate\.jsonc:2:\d+: error: /m);
  });

  it('takes over a changed configuration, and goes on with the last good one', async () => {
    const upstream = await stage.upstream((_request, response) => response.end('fine'));
    stage.declare(upstream, { one: {} });
    const { running, listening } = await serve();
    stage.declare(upstream, { two: {} });
    const status = async (name: string): Promise<number> => (await fetch(`${listening.url}/${name}/x`)).status;
    const end = Date.now() + 20_000;
    while ((await status('two')) !== 200 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await status('two'), 200);
    stage.write('tollgate.jsonc', '{ "apis": ');
    await running.until(() => (/^tollgate\.jsonc:1:\d+: error: /m.test(running.stderr) ? true : undefined));
    assert.equal(await status('two'), 200);
  });

  it('waits for a configuration that is not there yet', async () => {
    const { running, listening } = await serve();
    await running.until(() => (running.stderr.includes('no ') ? true : undefined));
    assert.equal((await fetch(`${listening.url}/late/x`)).status, 404);
    const upstream = await stage.upstream((_request, response) => response.end('fine'));
    stage.declare(upstream, { late: {} });
    const end = Date.now() + 20_000;
    let status = 0;
    while (status !== 200 && Date.now() < end) ({ status } = await fetch(`${listening.url}/late/x`));
    assert.equal(status, 200);
  });
});

describe('tollgate log, export and diagnose', function () {
  this.timeout(60_000);
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  it('say so where nothing was captured, or the filter is wrong', async () => {
    const none = await stage.run(['log']);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /^tollgate: .+/);
    assert.equal(none.stderr.trimEnd().split('\n').length, 1);
    stage.declare('http://127.0.0.1:9', { llm: {} });
    const { code } = await stage.run(['run', '--', process.execPath, '-e', '']);
    assert.equal(code, 0);
    assert.equal((await stage.run(['log'])).stdout, 'No exchanges.\n');
    const wrong = await stage.run(['log', '--filter', 'status>']);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^tollgate: .+/);
    assert.equal((await stage.run(['log', '--limit', 'many'])).code, 2);
    assert.equal((await stage.run(['export'])).code, 2);
    const unwritable = await stage.run(['export', '--har', 'no/such/folder/out.har']);
    assert.equal(unwritable.code, 1);
    assert.match(unwritable.stderr, /out\.har cannot be written/);
    assert.deepEqual(
      readdirSync(stage.folder).filter((name) => name.includes('.har')),
      [],
    );
  });

  it('diagnose each line, and report those that are broken', async () => {
    const lines = [
      '{"id":"a","request":{"host":"api.deepseek.com"},"response":{"status":402,"headers":{},"body":{"error":{"message":"Insufficient Balance","code":"invalid_request_error"}}}}',
      'not json',
      '',
      '{"id":2,"response":{"status":200,"body":"fine"}}',
      '{"id":3}',
    ];
    const ended = await stage.run(['diagnose'], { stdin: lines.join('\n') });
    assert.equal(ended.code, 1);
    const [first, second, ...more] = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    assert.deepEqual(Object.keys(first ?? {}), [
      'id',
      'cause',
      'alternatives',
      'responsibleParty',
      'confidence',
      'evidence',
      'retryAfterSeconds',
      'fixes',
    ]);
    assert.ok(first !== undefined && 'cause' in first && first.cause === 'insufficient_funds');
    assert.ok(second !== undefined && 'cause' in second && second.cause === null);
    assert.deepEqual(more, []);
    assert.match(ended.stderr, /^<stdin>:2: error: .*\n<stdin>:5: error: "response" is missing\.\n$/);
    const file = stage.write('good.jsonl', `${lines[0] ?? ''}\n`);
    const good = await stage.run(['diagnose', file]);
    assert.equal(good.code, 0);
    assert.equal(good.stderr, '');
    assert.equal((await stage.run(['diagnose', 'missing.jsonl'])).code, 1);
  });
});

/** Whether somebody takes connections there. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
}
