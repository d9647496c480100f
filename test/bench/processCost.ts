import { readFileSync } from 'node:fs';

/** Clock ticks a second in `/proc/<pid>/stat`: 100 on every Linux that Node runs on. */
const ticks = 100;

/** Microseconds of CPU that processes have used with all their threads; null where the system does not tell. */
export function cpuMicroseconds(pids: readonly number[]): number | null {
  try {
    return pids.reduce((sum, pid) => {
      // The second field is a name in parentheses, which may hold anything.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      return sum + ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / ticks;
    }, 0);
  } catch {
    return null;
  }
}

/** Megabytes of memory that a process has now; null where the system does not tell. */
export function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/** The children of a process. */
export function childrenOf(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  } catch {
    return [];
  }
}
