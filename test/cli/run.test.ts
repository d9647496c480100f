import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pythons } from '../hooks/pythonProgram.ts';
import { rotating, startTokenServer } from '../unit/credentialsStage.ts';
import { Stage, refuse } from './stage.ts';

const sdkProgram = `import OpenAI from 'openai';
const client = new OpenAI({ apiKey: 'sk-own', maxRetries: 0 });
try {
  await client.chat.completions.create({ model: 'gpt-4o', messages: [] });
} catch (error) {
  console.log('refused', error.status);
}
process.exitCode = 3;
`;

const fetchProgram = `const url = process.env.TOLLGATE_LLM_URL + '/chat';
for (let i = 0; i < 3; i++)
  await (await fetch(url, { method: 'POST', body: '{}' })).text();
`;

const pythonProgram = `import os
import urllib.request
from urllib.error import HTTPError
from settings import PATH
try:
    urllib.request.urlopen(os.environ["TOLLGATE_LLM_URL"] + PATH, data=b"{}")
except HTTPError as error:
    print("refused", error.code)
`;

describe('tollgate run', function () {
  this.timeout(60_000);
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  it('prints the finding on the line of an SDK call, and ends as the command does', async () => {
    const upstream = await stage.upstream(refuse);
    stage.declare(upstream, { openai: { provider: 'openai' } });
    stage.linkPackages();
    stage.write('app.mjs', sdkProgram);
    const { code, stdout, stderr } = await stage.run(['run', '--', process.execPath, 'app.mjs']);
    assert.equal(code, 3, stderr);
    assert.equal(stdout, 'refused 402\n');
    assert.match(stderr, /^app\.mjs:4:\d+: error: .+ \[insufficient_funds\]$/m);
    assert.match(stderr, /^tollgate: One call was refused\. See "tollgate log"\.$/m);
  });

  it('prints the same finding at the same place once, and logs every call', async () => {
    stage.declare(await stage.upstream(refuse), { llm: {} });
    stage.write('loop.mjs', fetchProgram);
    const { code, stderr } = await stage.run(['run', '--', process.execPath, 'loop.mjs']);
    assert.equal(code, 0, stderr);
    assert.equal(stderr.match(/^loop\.mjs:3:\d+: error: /gm)?.length, 1, stderr);
    assert.match(stderr, /3 calls were refused/);

    const table = await stage.run(['log']);
    assert.equal(table.stdout.trimEnd().split('\n').length, 4, table.stdout);
    assert.match(table.stdout, /402 +POST +llm .* insufficient_funds +loop\.mjs:3/);
    const json = await stage.run(['log', '--json', '--limit', '2', '--filter', 'status:402']);
    const rows = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { number: number });
    assert.deepEqual(
      rows.map(({ number }) => number),
      [2, 3],
    );
    const har = JSON.parse((await stage.run(['export', '--har', '-'])).stdout) as { log: { entries: unknown[] } };
    assert.equal(har.log.entries.length, 3);
    const written = await stage.run(['export', '--har', 'out.har', '--filter', 'status:402']);
    assert.equal(written.code, 0, written.stderr);
    assert.match(written.stderr, /Written to out\.har/);
    const csv = (await stage.run(['export', '--csv', '-'])).stdout.split('\r\n');
    assert.equal(csv.length, 5);
    assert.match(csv[0] ?? '', /^number,time,state,api/);
    assert.match(csv[1] ?? '', /^3,.*,402,.*,insufficient_funds,/);
    const lines = (await stage.run(['export', '--jsonl', '-', '--filter', 'status:402'])).stdout.trimEnd().split('\n');
    const [newest] = lines.map((line) => JSON.parse(line) as { number: number; responseBody: { text: string } });
    assert.equal(lines.length, 3);
    assert.equal(newest?.number, 3);
    assert.match(newest.responseBody.text, /"error"/);
  });

  it('leaves calls that can be shown, also as commands that send them again', async () => {
    stage.declare(await stage.upstream(refuse), { llm: {} });
    stage.write('once.mjs', fetchProgram);
    await stage.run(['run', '--', process.execPath, 'once.mjs']);
    const whole = await stage.run(['show', '2']);
    assert.match(whole.stdout, /^POST \/[^]*\n\nHTTP\/1\.1 402 /);
    const curl = await stage.run(['show', '2', '--as', 'curl']);
    assert.match(curl.stdout, /^curl http:\/\/127\.0\.0\.1:\d+\/.* \\\n/);
    const comparable = (await stage.run(['show', '2', '--comparable'])).stdout.split('\n');
    const head = comparable.slice(1, comparable.indexOf('')).map((line) => line.split(':')[0] ?? '');
    assert.ok(head.length > 2);
    assert.deepEqual(head, head.toSorted());
    assert.equal((await stage.run(['show', '99'])).code, 1);
    assert.match((await stage.run(['show', '2', '--as', 'cobol'])).stderr, /There are curl, fetch, httpx/);
  });

  it('keeps two runs in one folder apart', async () => {
    stage.declare(await stage.upstream(refuse), { llm: {} });
    const names = ['first.mjs', 'second.mjs'];
    for (const name of names) stage.write(name, fetchProgram);
    const runs = await Promise.all(names.map((name) => stage.run(['run', '--', process.execPath, name])));
    for (const [index, { stderr }] of runs.entries())
      assert.match(
        stderr,
        new RegExp(`^${names[index] ?? ''}:3:\\d+: error: .*\ntollgate: 3 calls were refused`),
        stderr,
      );
    assert.equal((await stage.run(['log', '--json'])).stdout.trimEnd().split('\n').length, 6);
  });

  it('prints the finding on the line of a Python call, whatever PYTHONPATH says', async function () {
    const [python] = pythons;
    if (python === undefined) {
      console.log('      There is no Python 3.9 or later on the path.');
      this.skip();
    }
    stage.declare(await stage.upstream(refuse), { llm: {} });
    stage.write('settings.py', "PATH = '/chat'\n");
    mkdirSync(path.join(stage.folder, 'app'));
    stage.write('app/main.py', pythonProgram);
    const environment = { PYTHONPATH: stage.folder };
    const { code, stdout, stderr } = await stage.run(['run', '--', python.file, 'app/main.py'], { environment });
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'refused 402\n');
    assert.match(stderr, /^app[\\/]main\.py:6:\d+: error: .+ \[insufficient_funds\]$/m);
    const bare = await stage.run(['run', '--', python.file, '-c', 'import sys; print(sys.path)'], {
      environment: { PYTHONPATH: undefined },
    });
    assert.doesNotMatch(bare.stdout, /hooks/);
  });

  it('sees the calls of curl, without a line', async function () {
    if (spawnSync('curl', ['--version']).status !== 0) {
      console.log('      curl is not installed');
      this.skip();
    }
    stage.declare(await stage.upstream(refuse), { llm: {} });
    const script = 'curl -s -o /dev/null -w "%{http_code}" -d "{}" "$TOLLGATE_LLM_URL/chat?a=1"';
    const { code, stdout, stderr } = await stage.run(['run', '--', 'sh', '-c', script]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '402');
    assert.match(stderr, /^-:0:0: error: .* \(POST 127\.0\.0\.1:\d+\/chat\?a=1\) \[insufficient_funds\]$/m);
  });

  it('spends a key from the environment for programs that show the program key', async () => {
    const seen: (string | undefined)[] = [];
    const upstream = await stage.upstream((request, response) => {
      seen.push(request.headers.authorization);
      response.end('{}');
    });
    const send = { header: 'Authorization', scheme: 'Bearer' };
    stage.declare(upstream, { llm: { credential: { type: 'key', env: 'REAL_KEY', send } } });
    stage.write(
      'spend.mjs',
      `const headers = { authorization: 'Bearer ' + process.env.TOLLGATE_KEY };
const { status } = await fetch(process.env.TOLLGATE_LLM_URL + '/a', { headers });
console.log(status, process.env.TOLLGATE_TOKEN);`,
    );
    const environment = { REAL_KEY: 'sk-real-key', TOLLGATE_TOKEN: 'a-control-token' };
    const { stdout, stderr } = await stage.run(['run', '--', process.execPath, 'spend.mjs'], { environment });
    assert.equal(stdout, '200 undefined\n', stderr);
    assert.deepEqual(seen, ['Bearer sk-real-key']);
    assert.equal(stderr, '');
  });

  it('keeps a rotated refresh token for the next run', async () => {
    const tokens = await startTokenServer(rotating);
    try {
      const seen: (string | undefined)[] = [];
      const upstream = await stage.upstream((request, response) => {
        seen.push(request.headers.authorization);
        response.end('{}');
      });
      const credential = {
        type: 'oauth2',
        grant: 'refresh_token',
        tokenUrl: tokens.url,
        clientId: 'ci',
        env: 'CRM_REFRESH_TOKEN',
        send: { header: 'Authorization', scheme: 'Bearer' },
      };
      stage.declare(upstream, { crm: { credential } });
      stage.write(
        'crm.mjs',
        `await fetch(process.env.TOLLGATE_CRM_URL + '/a', { headers: { 'x-api-key': process.env.TOLLGATE_KEY } });`,
      );
      const environment = { CRM_REFRESH_TOKEN: 'refresh-0' };
      for (let time = 0; time < 2; time++) {
        const { stderr } = await stage.run(['run', '--', process.execPath, 'crm.mjs'], { environment });
        assert.equal(stderr, '');
      }
      // The second run finds the access token that the first has kept.
      assert.deepEqual(seen, ['Bearer access-1', 'Bearer access-1']);
      assert.equal(tokens.requests.length, 1);
      assert.equal(tokens.requests[0]?.form.refresh_token, 'refresh-0');
    } finally {
      await tokens.close();
    }
  });

  it('passes signals on, and ends with 128 and the signal’s number', async function () {
    if (process.platform === 'win32') this.skip();
    stage.declare('http://127.0.0.1:9', { llm: {} });
    stage.write(
      'wait.mjs',
      `process.on('SIGTERM', () => { console.log('got it'); process.exitCode = 7; clearInterval(timer); });
const timer = setInterval(() => {}, 1000);
console.log('ready');`,
    );
    const running = stage.start(['run', '--', process.execPath, 'wait.mjs']);
    await running.until(() => (running.stdout.includes('ready') ? true : undefined));
    running.child.kill('SIGTERM');
    const { code, stdout } = await running.ended;
    assert.equal(code, 7);
    assert.equal(stdout, 'ready\ngot it\n');
    const killed = await stage.run(['run', '--', process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")']);
    assert.equal(killed.code, 137);
  });

  it('says what is wrong before it runs anything', async () => {
    stage.declare('http://127.0.0.1:9', { llm: {} });
    const missing = await stage.run(['run', '--', 'tollgate-no-such-command']);
    assert.equal(missing.code, 127);
    assert.match(missing.stderr, /There is no command "tollgate-no-such-command" on the PATH/);
    assert.equal((await stage.run(['run'])).code, 2);
    assert.equal((await stage.run(['run', '--config', 'nope.jsonc', '--', 'true'])).code, 1);
    stage.write('tollgate.jsonc', '{\n  "apis": { "a": { "provder": "openai" } }\n}');
    const broken = await stage.run(['run', '--', process.execPath, '-e', 'console.log("ran")']);
    assert.equal(broken.code, 1);
    assert.equal(broken.stdout, '');
    assert.match(broken.stderr, /^tollgate\.jsonc:2:\d+: error: /m);
  });
});
