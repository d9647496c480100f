import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';

/** A process as its system describes it. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  /** Tells it from others that had its number; of no meaning by itself. */
  readonly started: string;
  readonly commandLine: readonly string[];
  /** The value of `TOLLGATE_SESSION` in its environment; null where there is none or that cannot be read. */
  readonly session: string | null;
}

/** Describes processes. */
export interface Processes {
  /** Null where there is no such process, or it cannot be seen. */
  describe(pid: number): Promise<ProcessFacts | null>;
}

/** Milliseconds for which a list of all processes is good enough. */
const listLife = 2_000;

const execute = promisify(execFile);

/** The processes of this system: from `/proc` on Linux, elsewhere by asking a program for all of them, now and then. */
export function openProcesses(platform: NodeJS.Platform = process.platform): Processes {
  if (platform === 'linux') return { describe: (pid) => Promise.resolve(readProc(pid)) };
  let list: Promise<ReadonlyMap<number, ProcessFacts>> | null = null;
  let listedAt = 0;
  const all = (): Promise<ReadonlyMap<number, ProcessFacts>> => {
    if (list === null || Date.now() - listedAt > listLife) {
      listedAt = Date.now();
      list = (platform === 'win32' ? askWindows() : askPs()).catch(() => new Map());
    }
    return list;
  };
  return { describe: async (pid) => (await all()).get(pid) ?? null };
}

function readProc(pid: number): ProcessFacts | null {
  const stat = read(`/proc/${String(pid)}/stat`);
  // The name stands in parentheses and may hold any character (proc_pid_stat(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [parent, started] = [Number(fields?.[1]), fields?.[19]];
  if (started === undefined || !Number.isInteger(parent)) return null;
  const commandLine = (read(`/proc/${String(pid)}/cmdline`) ?? '').split('\0').filter((one) => one !== '');
  const session = /(?:^|\0)TOLLGATE_SESSION=([^\0]*)/.exec(read(`/proc/${String(pid)}/environ`) ?? '')?.[1];
  return { pid, parent, started, commandLine, session: session ?? null };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended, or belongs to another user.
    return null;
  }
}

async function askPs(): Promise<ReadonlyMap<number, ProcessFacts>> {
  const { stdout } = await execute('ps', ['-axww', '-o', 'pid=,ppid=,lstart=,command='], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return parsePs(stdout);
}

/** Reads what `ps -o pid=,ppid=,lstart=,command=` prints; `lstart` is five words (ps(1)). */
export function parsePs(printed: string): ReadonlyMap<number, ProcessFacts> {
  const rows = printed.matchAll(/^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/gm);
  return new Map(
    [...rows].map(([, pid, parent, started = '', command = '']) => [
      Number(pid),
      { pid: Number(pid), parent: Number(parent), started, commandLine: command.split(/\s+/), session: null },
    ]),
  );
}

async function askWindows(): Promise<ReadonlyMap<number, ProcessFacts>> {
  const script =
    'Get-CimInstance Win32_Process | ForEach-Object { [string]::Join("`t", @($_.ProcessId, $_.ParentProcessId, ' +
    '$_.CreationDate.Ticks, $_.ExecutablePath, $_.CommandLine)) }';
  const { stdout } = await execute('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
    windowsHide: true,
    maxBuffer: 16 * 1024 * 1024,
  });
  return parseWindows(stdout);
}

/** Reads lines of process id, parent's id, start, program and command line, with tabs between them. */
export function parseWindows(printed: string): ReadonlyMap<number, ProcessFacts> {
  const found = new Map<number, ProcessFacts>();
  for (const line of printed.split(/\r?\n/)) {
    const [pid = '', parent = '', started = '', program = '', command = ''] = line.split('\t');
    if (!/^\d+$/.test(pid)) continue;
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const commandLine = [program === '' ? (words[0] ?? '') : program, ...words.slice(1)];
    found.set(Number(pid), { pid: Number(pid), parent: Number(parent), started, commandLine, session: null });
  }
  return found;
}
