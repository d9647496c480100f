import assert from 'node:assert/strict';
import { Stage } from './stage.ts';

const program = `
  const url = process.env.TOLLGATE_SEARCH_URL + '/v1/search';
  for (let call = 0; call < 3; call++) await (await fetch(url)).text();
`;

describe('What is about to run out', function () {
  this.timeout(60_000);
  let stage: Stage;
  let left = 60;
  beforeEach(async () => {
    stage = new Stage();
    const upstream = await stage.upstream((_request, response) => {
      const [limit, remaining] = ['1000', String(left--)];
      response.writeHead(200, { 'X-RateLimit-Limit-Day': limit, 'X-RateLimit-Remaining-Day': remaining }).end('{}');
    });
    stage.declare(upstream, { search: { title: 'Search' } });
    stage.write('program.mjs', program);
  });
  afterEach(() => stage.close());

  it('is told once at the end of tollgate run, at the line that uses most of it', async () => {
    const { code, stderr } = await stage.run(['run', '--', process.execPath, 'program.mjs']);
    assert.equal(code, 0, stderr);
    const lines = stderr.split('\n').filter((line) => line.includes('[quota_running_out]'));
    assert.deepEqual(lines, ['program.mjs:3:1: info: Search: 94 % of today’s requests used. [quota_running_out]']);
  });

  it('is an event of tollgate serve, once', async () => {
    const running = stage.start(['serve']);
    const { url } = await running.until(() => running.events().find(({ event }) => event === 'listening'));
    const call = async (): Promise<unknown> => (await fetch(`${String(url)}/search/v1`)).text();
    for (let count = 0; count < 3; count++) await call();
    const event = await running.until(() => running.events().find((one) => one.event === 'warning'));
    assert.deepEqual(
      [event.api, event.kind, event.limit, event.file, event.line],
      ['search', 'quota_running_out', 1000, null, null],
    );
    assert.match(String(event.message), /^9\d % of today’s requests used\.$/);
    await call();
    running.child.kill('SIGTERM');
    await running.ended;
    assert.equal(running.events().filter((one) => one.event === 'warning').length, 1);
  });
});
