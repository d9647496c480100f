import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { root } from '../host/paths.ts';
import { closeAll, gatewayWith, upstream, type GatewayFixture } from './support.ts';

/** Long enough for the program to be looked up while it waits, as any real API is. */
const thinking = 150;

describe('Where a call comes from', () => {
  afterEach(closeAll);

  async function gateway(): Promise<GatewayFixture> {
    const { url } = await upstream((_request, response) => {
      setTimeout(() => response.writeHead(402, { 'content-type': 'application/json' }).end('{}'), thinking);
    });
    return gatewayWith({ vendor: { upstream: url } });
  }

  /** Runs a Node program with the hook. */
  async function run(
    { stateFile }: GatewayFixture,
    code: string,
    environment: Readonly<Record<string, string>> = {},
    hooked = true,
  ): Promise<void> {
    const hook = path.join(root, 'src/hooks/register.cjs');
    const preload = hooked ? { TOLLGATE_STATE: stateFile, NODE_OPTIONS: `--require "${hook}"` } : {};
    const env = { ...process.env, ...preload, ...environment };
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { env, stdio: 'inherit' });
    const [exit] = (await once(child, 'exit')) as [number];
    assert.equal(exit, 0);
  }

  async function rows({ api }: GatewayFixture, filter: string): Promise<readonly ExchangeSummary[]> {
    return (await api.exchanges({ filter, limit: 10 })).rows;
  }

  async function found(at: GatewayFixture, filter: string): Promise<ExchangeSummary> {
    for (const end = Date.now() + 10_000; ;) {
      const [row] = await rows(at, filter);
      if (row !== undefined) return row;
      assert.ok(Date.now() < end, `No call matches ${filter}: ${JSON.stringify(await rows(at, ''))}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('is told by the hook: process, run and session; and by the call itself: its trace', async () => {
    const at = await gateway();
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = `{ headers: { traceparent: '00-${trace}-00f067aa0ba902b7-01' } }`;
    await run(at, `await fetch('${at.url}/vendor/a', ${headers});`, { TOLLGATE_SESSION: 'd1|debug:Launch app' });
    const { origin } = await found(at, `session:"launch app" trace:${trace}`);
    assert.equal(origin?.run, 'd1');
    assert.equal(origin.session, 'debug:Launch app');
    assert.equal(origin.trace, trace);
    assert.equal((await rows(at, `pid:${String(origin.pid)}`)).length, 1);
    assert.equal((await rows(at, 'run:d1')).length, 1);
    assert.equal((await rows(at, 'session:task')).length, 0);
  });

  it('is the terminal whose shell is an ancestor, with one run for all that one command starts', async function () {
    if (process.platform === 'win32') this.skip();
    const at = await gateway();
    await at.api.noteSessions([{ kind: 'terminal', name: 'zsh', pid: process.pid }]);
    const call = `await fetch('${at.url}/vendor/b');`;
    const two = `
      import { spawn } from 'node:child_process';
      import { once } from 'node:events';
      ${call}
      await once(spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(call)}]), 'exit');`;
    await run(at, two);
    await run(at, call);
    await found(at, 'number:3 session:terminal:zsh');
    const [third, second, first] = await rows(at, 'session:zsh');
    assert.equal(first?.origin?.run, second?.origin?.run);
    assert.notEqual(first?.origin?.pid, second?.origin?.pid);
    assert.notEqual(third?.origin?.run, second?.origin?.run);
  });

  it('is looked up by the connection where there is no hook', async function () {
    if (process.platform !== 'linux') this.skip();
    const at = await gateway();
    await run(at, `await fetch('${at.url}/vendor/c');`, { TOLLGATE_SESSION: 't1|task:smoke' }, false);
    const { origin, callSite } = await found(at, 'session:task:smoke');
    assert.equal(origin?.program, path.basename(process.execPath));
    assert.equal(callSite, null);
    assert.equal((await rows(at, `pid:${String(origin.pid)} program:node run:t1`)).length, 1);
  });

  it('decides what is recorded, where calls are limited to hosts', async () => {
    const at = await gateway();
    await at.api.configure({ ...defaultSettings, captureHosts: ['api.example.com'] });
    assert.equal((await fetch(`${at.url}/vendor/d`)).status, 402);
    await at.api.configure({ ...defaultSettings, captureHosts: ['127.0.0.1'] });
    await fetch(`${at.url}/vendor/e`);
    assert.deepEqual(
      (await rows(at, '')).map((row) => row.path),
      ['/e'],
    );
  });
});
