import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { forkHere, nextMessage } from '../forked.ts';
import { freePort, listensAt } from '../ports.ts';
import { childrenOf } from '../processCost.ts';
import type { Target } from '../targets.ts';

/** Other proxies to be compared with. */
export const peerNames = ['http-proxy', 'mockttp', 'mitmproxy'] as const;
export type PeerName = (typeof peerNames)[number];

/** Kept, so that they are installed once. */
const folder = path.join(tmpdir(), `tollgate-bench-peers-${userInfo().uid}`);
const versions = { 'http-proxy': '1.18.1', mockttp: '4' } as const;

/** Starts a peer, installed into a folder for temporary files if need be; null where it cannot be had. */
export async function startPeer(name: PeerName, upstreamPort: number): Promise<Target | null> {
  mkdirSync(folder, { recursive: true });
  if (name === 'mitmproxy') return startMitmproxy(upstreamPort);
  if (!hasPackage(name)) return null;
  const file = name === 'mockttp' ? 'peers/mockttp.ts' : 'peers/httpProxy.ts';
  const child = forkHere(file, [String(upstreamPort), folder]);
  const port = await nextMessage<number>(child);
  return {
    ...{ name, port, path: '/v1/chat' },
    pids: () => (child.pid === undefined ? [] : [child.pid]),
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

function hasPackage(name: keyof typeof versions): boolean {
  if (existsSync(path.join(folder, 'node_modules', name))) return true;
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }', { flag: 'a' });
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${versions[name]}`];
  return spawnSync('npm', words, { cwd: folder, stdio: 'ignore', timeout: 180_000 }).status === 0;
}

async function startMitmproxy(upstreamPort: number): Promise<Target | null> {
  const program = path.join(folder, 'python', 'bin', 'mitmdump');
  if (!existsSync(program)) {
    const run = (command: string, words: readonly string[]): boolean =>
      spawnSync(command, words, { cwd: folder, stdio: 'ignore', timeout: 300_000 }).status === 0;
    if (!run('python3', ['-m', 'venv', 'python'])) return null;
    if (!run(path.join(folder, 'python', 'bin', 'pip'), ['install', '--quiet', 'mitmproxy'])) return null;
  }
  const port = await freePort();
  const mode = `reverse:http://127.0.0.1:${upstreamPort}`;
  const words = ['--quiet', '--mode', mode, '--listen-host', '127.0.0.1', '--listen-port', String(port)];
  const child = spawn(program, [...words, '--set', `confdir=${folder}`], { stdio: 'ignore' });
  const { pid } = child;
  if (pid === undefined) return null;
  await listensAt(port);
  return {
    ...{ name: 'mitmproxy', port, path: '/v1/chat' },
    pids: () => [pid, ...childrenOf(pid)],
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
