import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cache, root } from '../host/paths.ts';
import type { Outcome } from './program.ts';
import { startRecordingGateway, type Answer, type RecordingGateway } from './recordingGateway.ts';

/** The folder that people get into `PYTHONPATH`. */
export const pythonHook = path.join(root, 'src/hooks/python');

/** A Python to run programs with. */
export interface Python {
  readonly name: string;
  readonly file: string;
  readonly minor: number;
}

/** The Pythons of this machine from 3.9 on: `python3` of the path, and those in `TOLLGATE_TEST_PYTHONS`. */
export const pythons: readonly Python[] = findPythons();

function findPythons(): readonly Python[] {
  const more = (process.env.TOLLGATE_TEST_PYTHONS ?? '').split(path.delimiter).filter((file) => file !== '');
  const found = new Map<string, Python>();
  for (const file of [process.platform === 'win32' ? 'python' : 'python3', ...more]) {
    const script = 'import sys; print(sys.executable); print(*sys.version_info[:3], sep=".")';
    const { status, stdout } = spawnSync(file, ['-c', script], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [executable = '', version = ''] = stdout.trim().split(/\r?\n/);
    const [major, minor = 0] = version.split('.').map(Number);
    if (major !== 3 || minor < 9 || found.has(version)) continue;
    found.set(version, { name: `Python ${version}`, file: executable, minor });
  }
  return [...found.values()];
}

/**
 * A Python of that kind with the packages of `requirements.txt`, kept between runs; null, after saying why, where they
 * cannot be had.
 */
export function withPackages(python: Python): Python | null {
  const requirements = path.join(import.meta.dirname, 'requirements.txt');
  const key = createHash('sha256').update(readFileSync(requirements)).update(python.name).digest('hex').slice(0, 12);
  const folder = path.join(cache, `python-${key}`);
  const file =
    process.platform === 'win32' ? path.join(folder, 'Scripts/python.exe') : path.join(folder, 'bin/python3');
  const done = path.join(folder, 'installed');
  if (!existsSync(done)) {
    try {
      mkdirSync(cache, { recursive: true });
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      const options = { stdio: 'pipe', encoding: 'utf8', env: { ...process.env, PYTHONPATH: '' } } as const;
      execFileSync(python.file, ['-m', 'venv', folder], options);
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
      execFileSync(file, pip, options);
      writeFileSync(`${done}.tmp`, '');
      renameSync(`${done}.tmp`, done);
    } catch (error) {
      console.log(`      ${python.name} has no packages here: ${String(error).split('\n').slice(0, 3).join(' ')}`);
      return null;
    }
  }
  return { ...python, file };
}

/** A folder with a program in it, and a gateway for it to call. */
export interface PythonBench {
  readonly folder: string;
  readonly gateway: RecordingGateway;
  write(name: string, text: string): string;
  /** Runs `python <parameters>` in the folder, under the hook unless `variables` say otherwise. */
  run(python: Python, parameters: readonly string[], variables?: Variables): Promise<Outcome>;
  close(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** `patience`, `hosts`: as in `startRecordingGateway`. */
export async function openPythonBench(
  answer?: Answer,
  patience = 0,
  hosts: readonly string[] = [],
): Promise<PythonBench> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'tollgate python ')));
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
    run: ({ file }, parameters, variables = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(file, parameters, {
          cwd: folder,
          env: {
            PATH: process.env.PATH,
            HOME: folder,
            BASE: gateway.url,
            PYTHONPATH: pythonHook,
            PYTHONDONTWRITEBYTECODE: '1',
            TOLLGATE_STATE: gateway.stateFile,
            ...variables,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let output = '';
        let errors = '';
        child.stdout.on('data', (data) => (output += String(data)));
        child.stderr.on('data', (data) => (errors += String(data)));
        child.on('error', reject);
        child.on('close', (code) => resolve({ code, output, errors }));
      }),
    close: async () => {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
