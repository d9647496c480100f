import assert from 'node:assert/strict';
import { Stage } from './stage.ts';

const program = `
  const url = process.env.TOLLGATE_LLM_URL + '/api/v1/models';
  const seen = [];
  for (let call = 0; call < 3; call++) seen.push((await fetch(url)).status);
  console.log(seen.join(' '));
`;

describe('tollgate run --simulate', function () {
  this.timeout(60_000);
  let stage: Stage;
  beforeEach(async () => {
    stage = new Stage();
    const upstream = await stage.upstream((_request, response) => response.end('{}'));
    stage.declare(upstream, { llm: { provider: 'openrouter' }, pay: { provider: 'stripe' } });
    stage.write('program.mjs', program);
  });
  afterEach(() => stage.close());

  async function run(...simulations: string[]) {
    const options = simulations.flatMap((one) => ['--simulate', one]);
    return stage.run(['run', ...options, '--', process.execPath, 'program.mjs']);
  }

  it('refuses the next call to the provider, and reports it as rehearsed', async () => {
    const { code, stdout, stderr } = await run('openrouter:insufficient_funds', 'pay:card_declined@always');
    assert.equal(code, 0, stderr);
    assert.equal(stdout, '402 200 200\n');
    assert.match(stderr, /insufficient_funds/);
    assert.match(stderr, /[Ss]imulated/);
    assert.match((await stage.run(['log', '--filter', 'is:simulated'])).stdout, /insufficient_funds/);
  });

  it('refuses at the times asked for', async () => {
    assert.equal((await run('llm:rate_limit@every:2')).stdout, '200 429 200\n');
    assert.equal((await run('llm:rate_limit@next:2')).stdout, '429 429 200\n');
    assert.equal((await run('llm:l402@random:1')).stdout, '402 402 402\n');
  });

  it('says what is possible where it is asked for something else', async () => {
    for (const [simulation, message] of [
      ['llm', /"llm" is no simulation\. It is API:CAUSE/],
      ['llm:nonsense', /There is no cause "nonsense"\. There are: insufficient_funds, /],
      ['llm:rate_limit@monday', /"monday" is no time for a simulation\. It is next, /],
      ['lll:rate_limit', /There is no API "lll" to simulate\. Declared are: llm, pay\./],
      ['pay:insufficient_funds', /"pay" never refuses with "insufficient_funds"\. It can: .*card_declined/],
      ['pay:rate_limit+midstream', /No stream of "pay" breaks off with "rate_limit"/],
    ] as const) {
      const { code, stdout, stderr } = await run(simulation);
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    }
    assert.match((await run('llm:rate_limit', 'openrouter:rate_limit')).stderr, /second simulation of "llm"/);
  });

  it('goes for tollgate serve as well', async () => {
    const running = stage.start(['serve', '--simulate', 'llm:token_expired_or_invalid']);
    const { url } = await running.until(() => running.events()[0]);
    const response = await fetch(`${String(url)}/llm/api/v1/models`);
    assert.equal(response.status, 401);
    assert.equal(response.headers.get('x-tollgate-simulated'), 'openrouter:token_expired_or_invalid');
    const finding = await running.until(() => running.events()[1]);
    assert.equal(finding.simulated, true);
  });
});
