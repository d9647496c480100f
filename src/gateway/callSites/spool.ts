import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { CallNote } from '../../shared/callSite.ts';
import { parseCallNote } from './parseCallNote.ts';

/** A note, and when the program that wrote it began (milliseconds since 1970): files changed later may differ from it. */
export interface SpooledNote extends CallNote {
  readonly programStartedAt: number;
}

/** The folder into which hooks append their notes. */
export interface Spool {
  /** Reads what was appended since the last time, and now and then removes what will never grow again. */
  read(): void;
  close(): void;
}

interface SpoolFile {
  readonly descriptor: number;
  readonly pid: number;
  readonly programStartedAt: number;
  readonly decoder: StringDecoder;
  offset: number;
  /** The beginning of a line whose end is still to come. */
  rest: string;
}

const namePattern = /^(?<pid>\d+)-(?<start>\d+)-\d+-\d+\.jsonl$/;
const chunk = Buffer.allocUnsafe(64 * 1024);
/** What one read takes from one file at most, in bytes, so that a runaway program cannot hold up the others. */
const mostAtOnce = 8 * 1024 * 1024;
/** Milliseconds within which a file system may give two changes of a folder the same time. */
const clockTick = 2_000;
const longestLine = 64 * 1024;
const sweepEvery = 5_000;
/** A hook starts another file after an hour of silence, so that one untouched for longer is never written again. */
const abandonedAfter = 2 * 60 * 60 * 1000;

/** Follows the files in `folder` (made if missing). Where the folder cannot be read there are simply no notes. */
export function openSpool(folder: string, onNote: (note: SpooledNote) => void): Spool {
  const files = new Map<string, SpoolFile>();
  let sweptAt = 0;
  let listedAt = 0;
  let listedChange = 0;
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const discover = (): void => {
    const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (changedAt === null || (changedAt === listedChange && listedAt - changedAt > clockTick)) return;
    listedChange = changedAt;
    listedAt = Date.now();
    for (const name of list(folder)) {
      if (files.has(name)) continue;
      const file = open(folder, name);
      if (file !== null) files.set(name, file);
    }
  };

  const sweep = (): void => {
    const now = Date.now();
    if (now - sweptAt < sweepEvery) return;
    sweptAt = now;
    for (const [name, file] of files) {
      if (isAlive(file.pid) && !isAbandoned(path.join(folder, name), now)) continue;
      // What it wrote between the last read and its end.
      drain(file, onNote);
      closeSync(file.descriptor);
      files.delete(name);
      remove(path.join(folder, name));
    }
  };

  return {
    read: () => {
      discover();
      for (const file of files.values()) drain(file, onNote);
      sweep();
    },
    close: () => {
      for (const file of files.values()) closeSync(file.descriptor);
      files.clear();
    },
  };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function open(folder: string, name: string): SpoolFile | null {
  const parts = namePattern.exec(name)?.groups;
  if (parts === undefined) return null;
  try {
    return {
      descriptor: openSync(path.join(folder, name), 'r'),
      pid: Number(parts.pid),
      programStartedAt: Number(parts.start),
      decoder: new StringDecoder('utf8'),
      offset: 0,
      rest: '',
    };
  } catch {
    return null;
  }
}

function drain(file: SpoolFile, onNote: (note: SpooledNote) => void): void {
  const end = Math.min(fstatSync(file.descriptor).size, file.offset + mostAtOnce);
  while (file.offset < end) {
    const length = readSync(file.descriptor, chunk, 0, Math.min(chunk.length, end - file.offset), file.offset);
    if (length === 0) return;
    file.offset += length;
    const lines = (file.rest + file.decoder.write(chunk.subarray(0, length))).split('\n');
    const rest = lines.pop() ?? '';
    file.rest = rest.length > longestLine ? '' : rest;
    for (const line of lines) {
      const note = parseCallNote(line);
      if (note !== null) onNote({ ...note, programStartedAt: file.programStartedAt });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function isAbandoned(file: string, now: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined || now - stat.mtimeMs > abandonedAfter;
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Windows keeps a file that another process has open; the next sweep finds it again.
  }
}
