import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CallSite } from '../../src/shared/callSite.ts';
import { nodeOption } from '../../src/shared/nodeOptions.ts';
import { startRecordingGateway, type Answer, type Recorded, type RecordingGateway } from './recordingGateway.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** The hook as people get it. */
export const hook = path.join(root, 'src/hooks/register.cjs');

/** A Node to run programs with. */
export interface Runtime {
  readonly name: string;
  readonly file: string;
  readonly major: number;
}

/** The Nodes of this machine, one for each major version from 20 on: this one, those on the path, those in `TOLLGATE_TEST_NODES`. */
export const runtimes: readonly Runtime[] = findRuntimes();

function findRuntimes(): readonly Runtime[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const more = (process.env.TOLLGATE_TEST_NODES ?? '').split(path.delimiter).filter((file) => file !== '');
  const files = [process.execPath, ...more, ...folders.map((folder) => path.join(folder, 'node'))];
  const found = new Map<number, Runtime>();
  for (const file of new Set(files.filter(existsSync).map((name) => realpathSync(name)))) {
    const version = execFileSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8', env: {} }).trim();
    const major = Number.parseInt(version, 10);
    if (major >= 20 && !found.has(major)) found.set(major, { name: `Node ${version}`, file, major });
  }
  return [...found.values()].sort((one, other) => one.major - other.major);
}

/** How a program ended. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A folder with a program in it, and a gateway for it to call. */
export interface Bench {
  readonly folder: string;
  readonly gateway: RecordingGateway;
  write(name: string, text: string): string;
  /** Runs `node <parameters>` in the folder, under the hook unless `variables` say otherwise. */
  run(runtime: Runtime, parameters: readonly string[], variables?: Readonly<Record<string, string>>): Promise<Outcome>;
  close(): Promise<void>;
}

/** Sees this project’s packages, but lies outside of it. `patience`, `hosts`: see `startRecordingGateway`. */
export async function openBench(answer?: Answer, patience = 0, hosts: readonly string[] = []): Promise<Bench> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tollgate hook ')));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const gateway = await startRecordingGateway(path.join(folder, 'data'), answer, patience, hosts);
  return {
    folder,
    gateway,
    write: (name, text) => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    run: (runtime, parameters, variables = {}) =>
      start(runtime, parameters, folder, {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        BASE: gateway.url,
        NODE_OPTIONS: nodeOption(hook),
        TOLLGATE_STATE: gateway.stateFile,
        ...variables,
      }),
    close: async () => {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function start(
  { file }: Runtime,
  parameters: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, parameters, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += String(data)));
    child.stderr.on('data', (data) => (errors += String(data)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

/**
 * Compares where requests came from with the marks in the program: a request with `mark-x` in its path or body belongs
 * to the line with the comment `// @x` or `# @x` or else, to the one that writes `mark-x`.
 */
export function assertLines(
  file: string,
  recorded: readonly Recorded[],
  times: Readonly<Record<string, number>> = {},
): void {
  const text = readFileSync(file, 'utf8');
  const marks = new Set([...text.matchAll(/mark-(\w+)/g)].map(([, mark = '']) => mark));
  const expected: string[] = [];
  for (const mark of marks) {
    const line = lineOf(text, mark);
    for (let count = 0; count < (times[mark] ?? 1); count += 1) expected.push(`${mark}: ${file}:${line} exact`);
  }
  const actual = recorded.map(({ mark, site }) => `${String(mark)}: ${place(site)}`);
  assert.deepEqual(actual.sort(), expected.sort());
}

/** The line of a program (from 1) that makes the call with that mark: see `assertLines`. */
export function lineOf(text: string, mark: string): number {
  const lines = text.split('\n');
  const commented = lines.findIndex((line) => new RegExp(`(//|#).*@${mark}\\b`).test(line));
  return (commented === -1 ? lines.findIndex((line) => line.includes(`mark-${mark}`)) : commented) + 1;
}

/** As people write it, for comparing. */
export function place(site: CallSite | null): string {
  return site === null ? 'nowhere' : `${site.file}:${site.line} ${site.certainty}`;
}
