import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openChannel } from '../../src/shared/channel.ts';
import type { GatewayEvents, GatewayHost, GatewayProcess } from '../../src/shared/protocol.ts';
import { nodeOption } from '../../src/shared/nodeOptions.ts';
import { defaultSettings, type GatewayState } from '../../src/shared/settings.ts';
import { certificateFor } from '../gateway/interceptStage.ts';
import { startable } from '../host/built.ts';
import { hook, type Outcome } from './program.ts';
import { pythonHook } from './pythonProgram.ts';

/** A program that calls hosts which are led to the gateway, and what has to be there for it. */
export interface DetourStage {
  readonly folder: string;
  /** Calls that the gateway has seen since the last time, as paths. */
  seen(): Promise<readonly string[]>;
  /** Runs it, with the preloads unless `variables` take them away. */
  run(program: readonly string[], variables?: Variables): Promise<Outcome>;
  /** From now on `/half` kills the gateway once half of it is out, until `start`; else the server drops the connection. */
  killAtHalf(): void;
  /** Kills the gateway; `start` has another. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** A state file of that name, as the gateway's but for `changes`. */
  state(name: string, changes: Partial<GatewayState>): string;
  /** Ports of one who never answers, and of one who answers all the same. */
  readonly silentPort: number;
  readonly foreignPort: number;
  /** A proxy of the user's own, and how often it was asked. */
  readonly proxy: { readonly url: string; asked: number };
  /** The certificate of the servers' authority. */
  readonly ca: string;
  close(): Promise<void>;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Opens the stage. */
export async function openDetours(): Promise<DetourStage> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tollgate detour ')));
  const closers: (() => Promise<unknown>)[] = [];
  const { key, cert, ca } = certificateFor('localhost');
  const stranger = certificateFor('localhost');
  const caFile = path.join(folder, 'servers.pem');
  writeFileSync(caFile, ca);
  let isKilledAtHalf = false;
  let gateway: Awaited<ReturnType<typeof launch>> | null = null;
  let kill = (): Promise<void> => Promise.resolve();
  const answer: RequestListener = (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (request.url === '/half' || request.url === '/half-stream') {
        response.writeHead(200, {
          'Content-Type': request.url === '/half' ? 'application/octet-stream' : 'text/event-stream',
          ...(request.url === '/half' ? { 'Content-Length': '2000' } : {}),
        });
        response.write('data: 1\n\n'.padEnd(1000, ' '), () => {
          if (!isKilledAtHalf || gateway === null) response.socket?.destroy();
          // What is out already reaches the program meanwhile, or not: it is cut off in either case.
          else setTimeout(() => void kill(), 50);
        });
      } else if (request.url === '/stream') {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        for (let part = 0; part < 5; part++) response.write(`data: ${String(part)}\n\n`);
        response.end('data: [DONE]\n\n');
      } else {
        const text = `${request.method ?? ''} ${request.url ?? ''} ${String(Buffer.concat(pieces).length)}`;
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ text }));
      }
    });
  };
  const listen = async (server: Server): Promise<number> => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(createSecureServer({ key, cert }, answer));
  const wrongPort = await listen(createSecureServer({ key: stranger.key, cert: stranger.cert }, answer));
  const plainPort = await listen(createServer(answer));
  const silentPort = await listen(createTcpServer(() => undefined));
  const foreign = createServer((_request, response) => response.end('somebody else'));
  foreign.on('connect', (_request, socket) => socket.end('HTTP/1.1 405 Not Here\r\nContent-Length: 0\r\n\r\n'));
  const foreignPort = await listen(foreign);
  const proxy = { url: '', asked: 0 };
  const proxyServer = createServer((_request, response) => response.writeHead(501).end());
  proxyServer.on('connect', (request, socket: Socket) => {
    proxy.asked++;
    const to = connect(Number(/\d+$/.exec(request.url ?? '')?.[0]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      to.pipe(socket).pipe(to);
    });
    to.on('error', () => socket.destroy());
    socket.on('error', () => to.destroy());
  });
  proxy.url = `http://127.0.0.1:${String(await listen(proxyServer))}`;

  const trust = { NODE_EXTRA_CA_CERTS: caFile, SSL_CERT_FILE: caFile, REQUESTS_CA_BUNDLE: caFile };
  const hosts = [port, wrongPort, plainPort, 9].map((one) => `localhost:${String(one)}`);
  const stateFile = path.join(folder, 'data/gateway.json');

  let last: GatewayState | null = null;
  const start = async (): Promise<void> => {
    isKilledAtHalf = false;
    gateway = await launch(folder, hosts, { PATH: process.env.PATH, ...trust });
    last = JSON.parse(readFileSync(stateFile, 'utf8')) as GatewayState;
  };
  kill = async () => {
    const child = gateway?.child;
    gateway = null;
    if (child?.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    folder,
    ca: caFile,
    silentPort,
    foreignPort,
    proxy,
    kill: () => kill(),
    start: async () => {
      await kill();
      await start();
    },
    killAtHalf: () => (isKilledAtHalf = true),
    seen: async () => (gateway === null ? [] : gateway.paths()),
    state: (name, changes) => {
      const file = path.join(folder, name);
      writeFileSync(file, JSON.stringify({ ...last, ...changes }));
      return file;
    },
    run: ([file = '', ...parameters], variables = {}) =>
      outcomeOf(file, parameters, folder, {
        PATH: process.env.PATH,
        HOME: folder,
        SECURE: `https://localhost:${String(port)}`,
        PLAIN: `http://localhost:${String(plainPort)}`,
        WRONG: `https://localhost:${String(wrongPort)}`,
        NODE_OPTIONS: nodeOption(hook),
        PYTHONPATH: pythonHook,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONWARNINGS: 'ignore',
        TOLLGATE_STATE: stateFile,
        ...trust,
        ...variables,
      }),
    close: async () => {
      await kill();
      for (const close of closers.reverse()) await close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A gateway in a process of its own, that can be killed. */
async function launch(
  folder: string,
  hosts: readonly string[],
  environment: Variables,
): Promise<{ readonly child: ChildProcess; paths(): Promise<readonly string[]> }> {
  const entry = startable(fileURLToPath(new URL('../../src/gateway/main.ts', import.meta.url)));
  const child = fork(entry, [], {
    execArgv: [],
    env: { ...environment, NODE_NO_WARNINGS: '1' },
    serialization: 'advanced',
    stdio: 'ignore',
  });
  const channel = openChannel<GatewayHost, GatewayProcess, GatewayEvents>(
    {
      post: (message) => void child.send(message as object, () => undefined),
      onMessage: (listener) => void child.on('message', listener),
    },
    { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() },
  );
  child.on('exit', () => channel.close('It ended.'));
  await channel.remote.launch({
    options: {
      catalogueFile: null,
      dataDirectory: path.join(folder, 'data'),
      authorityDirectory: path.join(folder, 'authority'),
      port: 0,
      whenPortTaken: 'another',
      token: 'a-token-for-tests',
      settings: { ...defaultSettings, intercept: { mode: 'on', hosts, exclude: [] } },
      environment,
    },
  });
  return {
    child,
    paths: async () => (await channel.remote.exchanges({ filter: '', limit: 100 })).rows.map(({ path: at }) => at),
  };
}

function outcomeOf(file: string, parameters: readonly string[], cwd: string, env: Variables): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += String(data)));
    child.stderr.on('data', (data) => (errors += String(data)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}
