import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openChannel } from '../../src/shared/channel.ts';
import type { GatewayEvents, GatewayHost, GatewayProcess } from '../../src/shared/protocol.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { forkHere, nextMessage } from './forked.ts';
import { childrenOf } from './processCost.ts';

/** Something that requests are sent to. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  /** The processes whose CPU counts as its own. */
  pids(): readonly number[];
  stop(): Promise<void>;
}

/** The upstream itself. */
export async function startDirect(): Promise<Target> {
  const child = forkHere('rawUpstream.ts');
  const port = await nextMessage<number>(child);
  return { name: 'direct', port, path: '/v1/chat', pids: () => [], stop: () => stopped(child) };
}

/** The plain proxy on node:http. */
export async function startBare(upstreamPort: number): Promise<Target> {
  const child = forkHere('bareProxy.ts', [String(upstreamPort)]);
  const port = await nextMessage<number>(child);
  return { name: 'bare node:http', port, path: '/v1/chat', pids: () => pidOf(child), stop: () => stopped(child) };
}

/** The plain proxy on node:http and undici. */
export async function startUndici(upstreamPort: number): Promise<Target> {
  const child = forkHere('undiciProxy.ts', [String(upstreamPort)]);
  const port = await nextMessage<number>(child);
  return { name: 'node:http, undici', port, path: '/v1/chat', pids: () => pidOf(child), stop: () => stopped(child) };
}

/** The gateway's bundle in its own process, as the editor starts it. */
export async function startTollgate(
  upstreamPort: number,
  entry: string,
  capture: boolean,
  execArgv: readonly string[] = ['--max-semi-space-size=4'],
  onChanged: (rows: GatewayEvents['exchangesChanged']) => void = () => undefined,
  workers = 1,
): Promise<Target> {
  const name = `Tollgate${workers > 1 ? `, ${workers} workers` : ''}${capture ? '' : ', capture off'}`;
  const folder = await mkdtemp(path.join(path.dirname(entry), 'data-'));
  const catalogueFile = path.join(folder, 'tollgate.jsonc');
  const apis = { a: { upstream: `http://127.0.0.1:${upstreamPort}` } };
  await writeFile(catalogueFile, JSON.stringify({ apis }));
  const env = { ...process.env, MALLOC_ARENA_MAX: '2' };
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [...execArgv], env });
  const channel = openChannel<GatewayHost, GatewayProcess, GatewayEvents>(
    {
      post: (message) => void child.send(message as object),
      onMessage: (listener) => void child.on('message', listener),
    },
    { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() },
  );
  channel.on('exchangesChanged', onChanged);
  const { port } = await channel.remote.launch({
    options: {
      catalogueFile,
      dataDirectory: path.join(folder, 'data'),
      port: 0,
      whenPortTaken: 'another',
      token: 'bench',
      workers,
      settings: { ...defaultSettings, capture },
      environment: {},
    },
  });
  const pids = (): readonly number[] => [...pidOf(child), ...pidOf(child).flatMap(childrenOf)];
  return { name, port, path: '/a/v1/chat', pids, stop: () => stopped(child) };
}

/** The gateway's bundle with an OpenAI, an Anthropic and a Gemini that are all at `upstream`. */
export async function startAi(
  upstream: string,
  entry: string,
): Promise<{
  readonly url: string;
  readonly key: string;
  readonly pids: () => readonly number[];
  stop(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(path.dirname(entry), 'data-'));
  const catalogueFile = path.join(folder, 'tollgate.jsonc');
  const names = ['openai', 'anthropic', 'gemini'];
  const apis = Object.fromEntries(names.map((name) => [name, { provider: name, upstream }]));
  await writeFile(catalogueFile, JSON.stringify({ apis }));
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [] });
  const channel = openChannel<GatewayHost, GatewayProcess, GatewayEvents>(
    {
      post: (message) => void child.send(message as object),
      onMessage: (listener) => void child.on('message', listener),
    },
    {
      secrets: () =>
        Promise.resolve(Object.fromEntries(names.map((name) => [name, { type: 'key' as const, value: 'k' }]))),
      saveSecret: () => Promise.resolve(),
    },
  );
  const { url } = await channel.remote.launch({
    options: {
      ...{ catalogueFile, dataDirectory: path.join(folder, 'data'), port: 0, whenPortTaken: 'another', token: 'bench' },
      ...{ settings: defaultSettings, environment: {} },
    },
  });
  const { TOLLGATE_KEY: key = '' } = await channel.remote.programEnvironment();
  return { url, key, pids: () => pidOf(child), stop: () => stopped(child) };
}

function pidOf({ pid }: { readonly pid?: number | undefined }): readonly number[] {
  return pid === undefined ? [] : [pid];
}

async function stopped(child: ReturnType<typeof fork>): Promise<void> {
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}
