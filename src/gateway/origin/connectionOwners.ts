import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Processes whose descriptors are read before others get their turn. */
const atOnce = 4;

/**
 * Which processes hold the client's ends of connections on this machine, by their local ports. It takes tens of
 * milliseconds, in slices. Ports that nobody is found for, as those of other users, are not in the answer. `first` are
 * processes that are likely, to be looked at before all others.
 */
export async function connectionOwners(
  ports: ReadonlySet<number>,
  first: readonly number[] = [],
  platform: NodeJS.Platform = process.platform,
): Promise<ReadonlyMap<number, number>> {
  try {
    if (platform === 'linux') return await fromProc(ports, first);
    if (platform === 'win32') {
      const { stdout } = await execute('netstat.exe', ['-ano', '-p', 'TCP'], { windowsHide: true });
      return parseNetstat(stdout, ports);
    }
    const numbers = [...ports].join(',');
    const { stdout } = await execute('lsof', ['-nP', '-a', `-iTCP:${numbers}`, '-sTCP:ESTABLISHED', '-Fpn']);
    return parseLsof(stdout, ports);
  } catch {
    // The system has no such program, or does not let us ask.
    return new Map();
  }
}

async function fromProc(ports: ReadonlySet<number>, first: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const portOfInode = new Map<string, number>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const [inode, port] of parseProcNet(readOr(file), ports)) portOfInode.set(`socket:[${inode}]`, port);
  const owners = new Map<number, number>();
  const all = list('/proc').filter((name) => /^\d+$/.test(name));
  // The newest processes have the highest numbers, and are those that call.
  const pids = new Set([...first, ...all.map(Number).sort((a, b) => b - a)]);
  let looked = 0;
  for (const pid of pids) {
    if (portOfInode.size === 0) break;
    const folder = `/proc/${String(pid)}/fd`;
    for (const descriptor of list(folder)) {
      const link = readLinkOr(`${folder}/${descriptor}`);
      const port = portOfInode.get(link);
      if (port === undefined) continue;
      owners.set(port, pid);
      portOfInode.delete(link);
    }
    looked += 1;
    if (looked % atOnce === 0) await breathe();
  }
  return owners;
}

/** Reads `/proc/net/tcp` (proc_pid_net(5)): the inodes of connected sockets at those local ports, to loopback. */
export function parseProcNet(text: string, ports: ReadonlySet<number>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n').slice(1)) {
    const [, local = '', remote = '', , , , , , , inode = '0'] = line.trim().split(/\s+/);
    const port = parseInt(local.slice(local.indexOf(':') + 1), 16);
    if (ports.has(port) && inode !== '0' && isLoopback(remote)) found.set(inode, port);
  }
  return found;
}

/** Addresses are words of the host's byte order: 127.0.0.1, ::1, or ::ffff:127.0.0.1, on little-endian machines. */
function isLoopback(address: string): boolean {
  return /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):/i.test(address);
}

/** Reads what `lsof -Fpn` prints: `p` and a process, then `n` and its connections. */
export function parseLsof(printed: string, ports: ReadonlySet<number>): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  let pid = 0;
  for (const line of printed.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    const port = Number(/^n.*:(\d+)->/.exec(line)?.[1]);
    if (ports.has(port)) owners.set(port, pid);
  }
  return owners;
}

/** Reads what `netstat -ano` prints: protocol, both addresses, state and process. */
export function parseNetstat(printed: string, ports: ReadonlySet<number>): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  for (const [, local, pid] of printed.matchAll(/^\s*TCP\s+(?:127\.[\d.]+|\[::1\]):(\d+)\s+\S+\s+\S+\s+(\d+)\s*$/gm))
    if (ports.has(Number(local)) && pid !== '0') owners.set(Number(local), Number(pid));
  return owners;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readLinkOr(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
