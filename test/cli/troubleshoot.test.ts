import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { refuse, Stage } from './stage.ts';

interface StepJson {
  readonly step: string;
  readonly state: string;
  readonly sentences: readonly string[];
}

describe('tollgate troubleshoot', function () {
  this.timeout(60_000);
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.close());

  const key = `sk-or-v1-${'0'.repeat(64)}`;
  const environment = { OPENROUTER_API_KEY: key };

  /** A program has been refused by an OpenRouter with 0.42 USD left. */
  async function refused(): Promise<void> {
    const upstream = await stage.upstream((request, response) => {
      if (request.method === 'POST') {
        refuse(request, response);
        return;
      }
      const credits = { data: { total_credits: 10, total_usage: 9.58 } };
      const known = request.url?.endsWith('/credits') === true;
      response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(known ? credits : {}));
    });
    stage.declare(upstream, { llm: { provider: 'openrouter' } });
    stage.write(
      'program.mjs',
      `await fetch(process.env.TOLLGATE_LLM_URL + '/api/v1/chat/completions', {
         method: 'POST',
         headers: { authorization: 'Bearer ' + process.env.OPENROUTER_API_KEY, 'content-type': 'application/json' },
         body: JSON.stringify({ model: 'a/model', max_tokens: 3000, messages: [] }),
       });`,
    );
    const { stderr, stdout } = await stage.run(['run', '--', process.execPath, 'program.mjs'], { environment });
    assert.match(stderr + stdout, /insufficient_funds/);
  }

  it('prints the five steps in order, and exits with 3 where one shows a problem', async () => {
    await refused();
    const { code, stdout, stderr } = await stage.run(['troubleshoot'], { environment });
    assert.equal(code, 3, stderr);
    assert.match(stdout, /^#1 POST .*\/api\/v1\/chat\/completions: 402\n.*\[insufficient_funds\]\n/);
    const heads = stdout.split('\n').filter((line) => /^\S \d\./.test(line));
    assert.deepEqual(heads, [
      '✗ 1. Payment details and funds: Problem',
      '✓ 2. Subscription and plan: In order',
      '✓ 3. Token: In order',
      '✓ 4. Usage log: In order',
      '✓ 5. Contact the provider: In order',
    ]);
    assert.match(stdout, /0\.42 USD left\.\n.*57 of the 3000 tokens/);
    assert.match(stdout, /program\.mjs:1: 1 call, refused/);
    assert.match(stdout, /→ .*https:\/\/openrouter\.ai\/settings\/credits/);
    assert.match(stdout, /1 of 5 steps shows a problem\.\n$/);
  });

  it('tells all as JSON, and writes a report without secrets', async () => {
    await refused();
    const file = path.join(stage.folder, 'report.md');
    const { stdout, stderr } = await stage.run(['troubleshoot', '1', '--json', '--report', file], { environment });
    const { steps, simulated } = JSON.parse(stdout) as { steps: StepJson[]; simulated: boolean };
    assert.deepEqual(
      [simulated, steps.map(({ step }) => step)],
      [false, ['payment', 'subscription', 'token', 'usage', 'contact']],
    );
    assert.match(stderr, /The report was written/);
    const report = readFileSync(file, 'utf8');
    assert.match(report, /### What was checked\n\n- \*\*Payment details and funds\*\*: Problem\./);
    const har = /```json\n(\{"log"[^]*?)\n```/.exec(report)?.[1] ?? '';
    assert.equal((JSON.parse(har) as { log: { entries: unknown[] } }).log.entries.length, 1);
    assert.ok(!`${stdout}${report}`.includes(key));
  });

  it('says what is missing: a log, or the call', async () => {
    const nothing = await stage.run(['troubleshoot']);
    assert.deepEqual([nothing.code, nothing.stderr.includes('There is no log')], [1, true]);
    await refused();
    const other = await stage.run(['troubleshoot', '77'], { environment });
    assert.deepEqual([other.code, other.stderr.includes('no call "77"')], [1, true]);
  });
});
