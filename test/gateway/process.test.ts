import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChannelError, openChannel, type Channel } from '../../src/shared/channel.ts';
import type { GatewayEvents, GatewayHost, GatewayProcess, GatewayReady } from '../../src/shared/protocol.ts';
import { defaultSettings, type GatewayState } from '../../src/shared/settings.ts';
import { startable } from '../host/built.ts';
import { closeAll, closeLater, pause, temporaryFolder, token, until, upstream } from './support.ts';

const entry = startable(fileURLToPath(new URL('../../src/gateway/main.ts', import.meta.url)));

interface Started {
  readonly child: ChildProcess;
  readonly ready: GatewayReady;
  readonly channel: Channel<GatewayProcess, GatewayEvents, object>;
}

describe('The gateway process', function () {
  this.timeout(60_000);
  afterEach(closeAll);

  it('serves its parent over the pipe, with bytes as bytes and events in batches', async () => {
    const directory = await folderWith((await upstream((_request, response) => void response.end('hello'))).url);
    const { ready, channel } = await start(directory);
    let batches = 0;
    const ids = new Set<string>();
    channel.on('exchangesChanged', (rows) => {
      batches++;
      for (const row of rows) if (row.state === 'complete') ids.add(row.id);
    });
    for (let index = 0; index < 20; index++) await (await fetch(`${ready.url}/a/${index}`)).text();
    await until(() => ids.size === 20, '20 rows');
    assert.ok(batches < 20, `${batches} batches`);
    const { rows } = await channel.remote.exchanges({ filter: '', limit: 1 });
    const body = await channel.remote.body(rows[0]?.id ?? assert.fail(), 'response');
    assert.ok(body?.bytes instanceof Uint8Array);
    assert.equal(Buffer.from(body.bytes).toString(), 'hello');
    await assert.rejects(channel.remote.setRunning('nowhere', true), { name: 'ChannelError', code: 'unknown_api' });
  });

  it('says so when it is asked before it was launched', async () => {
    const { channel } = forked();
    await assert.rejects(
      channel.remote.apis(),
      (error) => error instanceof ChannelError && error.code === 'not_launched',
    );
  });

  it('says why it cannot start', async () => {
    const directory = await folderWith('http://127.0.0.1:9');
    const { ready } = await start(directory);
    const second = forked();
    const launch = second.channel.remote.launch({
      options: { ...optionsFor(await temporaryFolder()), port: ready.port, whenPortTaken: 'fail' },
    });
    await assert.rejects(launch, { name: 'ChannelError', code: 'port_taken' });
  });

  it('asks its parent for secrets and gives rotated ones back', async () => {
    const directory = await folderWith('http://127.0.0.1:9', { provider: 'openai' });
    const { channel } = await start(directory, { a: { type: 'key', value: 'sk-1' } });
    assert.equal((await channel.remote.apis())[0]?.credential.kind, 'ready');
    await channel.remote.setSecret('a', null);
    assert.equal((await channel.remote.apis())[0]?.credential.kind, 'missing');
  });

  for (const [what, leave] of [
    ['is asked to', async ({ channel }: Started) => channel.remote.shutdown()],
    ['loses its parent', ({ child }: Started) => child.disconnect()],
    ['is told to by the system', ({ child }: Started) => child.kill('SIGTERM')],
  ] as const)
    it(`stores all and ends when it ${what}, and the next one knows it`, async () => {
      const directory = await folderWith((await upstream((_request, response) => void response.end('hello'))).url);
      const first = await start(directory);
      for (let index = 0; index < 10; index++) await (await fetch(`${first.ready.url}/a/`)).text();
      const gone = once(first.child, 'exit');
      await leave(first);
      assert.deepEqual((await gone)[0], 0);
      assert.equal(existsSync(first.ready.stateFile), false);
      const second = await start(directory);
      assert.equal((await second.channel.remote.exchanges({ filter: '', limit: 100 })).total, 10);
      assert.equal((await second.channel.remote.apis())[0]?.calls, 10);
    });

  it('loses nothing that was stored when it is killed, and can be started again on its port', async () => {
    const server = await upstream((_request, response) => void response.end('hello'));
    const directory = await folderWith(server.url);
    const first = await start(directory);
    for (let index = 0; index < 10; index++) await (await fetch(`${first.ready.url}/a/`)).text();
    await until(async () => (await first.channel.remote.exchanges({ filter: 'status:200', limit: 1 })).total === 10);
    await pause(300);
    const gone = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    await gone;
    const second = await start(directory, {}, first.ready.port);
    assert.equal(second.ready.port, first.ready.port);
    assert.equal((await second.channel.remote.exchanges({ filter: 'status:200', limit: 1 })).total, 10);
    const state = JSON.parse(await readFile(second.ready.stateFile, 'utf8')) as GatewayState;
    const { pid, port, url, spool, hosts, exclude, ca, bundle } = state;
    assert.deepEqual(
      { pid, port, url, spool, exclude, ca, bundle },
      {
        pid: second.child.pid,
        port: first.ready.port,
        url: first.ready.url,
        spool: path.join(directory, 'data', 'spool'),
        exclude: [],
        ca: null,
        bundle: null,
      },
    );
    assert.ok(hosts.includes('api.openai.com') && hosts.includes(new URL(server.url).host));
  });
});

async function folderWith(url: string, more: object = {}): Promise<string> {
  const directory = await temporaryFolder();
  await writeFile(path.join(directory, 'tollgate.jsonc'), JSON.stringify({ apis: { a: { upstream: url, ...more } } }));
  return directory;
}

function optionsFor(directory: string): Parameters<GatewayProcess['launch']>[0]['options'] {
  return {
    catalogueFile: path.join(directory, 'tollgate.jsonc'),
    dataDirectory: path.join(directory, 'data'),
    port: 0,
    whenPortTaken: 'another',
    token,
    settings: defaultSettings,
    environment: {},
  };
}

function forked(secrets: Awaited<ReturnType<GatewayHost['secrets']>> = {}): Omit<Started, 'ready'> {
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [] });
  closeLater(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  const channel = openChannel<GatewayHost, GatewayProcess, GatewayEvents>(
    {
      post: (message) => void child.send(message as object, () => undefined),
      onMessage: (listener) => void child.on('message', listener),
    },
    { secrets: () => Promise.resolve(secrets), saveSecret: () => Promise.resolve() },
  );
  child.on('exit', () => channel.close('It ended.'));
  return { child, channel };
}

async function start(
  directory: string,
  secrets: Awaited<ReturnType<GatewayHost['secrets']>> = {},
  port = 0,
): Promise<Started> {
  const { child, channel } = forked(secrets);
  const ready = await channel.remote.launch({ options: { ...optionsFor(directory), port } });
  return { child, channel, ready };
}
