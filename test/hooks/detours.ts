import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeOption } from '../../src/shared/nodeOptions.ts';
import type { DetourStage, Variables } from './detourStage.ts';
import { hook, type Outcome } from './program.ts';
import { pythonHook } from './pythonProgram.ts';

/** A condition, and how it comes about: what it changes in the program's environment. */
export interface Detour {
  readonly name: string;
  readonly arrange: (stage: DetourStage) => Variables | Promise<Variables>;
  /** Whether it is in the quick selection. */
  readonly isCore?: boolean;
  /** Whether it is the user's own settings, which matter without Tollgate, too. */
  readonly isUsers?: boolean;
  /** Whether the gateway does not outlive a run. */
  readonly isLast?: boolean;
  /** Whether its calls are to have gone through the gateway. */
  readonly isLed?: boolean;
}

/** All that may be wrong with the gateway, the preloads or the user's own settings. */
export const detours: readonly Detour[] = [
  { name: 'all is well', arrange: () => ({}), isCore: true, isLed: true },
  {
    name: 'another process has its number, nobody its port',
    arrange: (stage) => ({ TOLLGATE_STATE: stage.state('closed.json', { pid: process.pid, port: 9 }) }),
  },
  {
    name: 'the gateway hangs',
    arrange: (stage) => ({
      TOLLGATE_STATE: stage.state('silent.json', { pid: process.pid, port: stage.silentPort }),
    }),
    isCore: true,
  },
  {
    name: 'a foreign server has its port',
    arrange: (stage) => ({
      TOLLGATE_STATE: stage.state('foreign.json', { pid: process.pid, port: stage.foreignPort }),
    }),
    isCore: true,
  },
  {
    name: 'the preload is missing but for its entry',
    arrange: ({ folder }) => {
      const entry = path.join(folder, 'alone/register.cjs');
      mkdirSync(path.join(folder, 'alone/python'), { recursive: true });
      copyFileSync(hook, entry);
      copyFileSync(path.join(pythonHook, 'sitecustomize.py'), path.join(folder, 'alone/python/sitecustomize.py'));
      return { NODE_OPTIONS: nodeOption(entry), PYTHONPATH: path.join(folder, 'alone/python') };
    },
  },
  {
    name: 'notes cannot be written',
    arrange: (stage) => {
      writeFileSync(path.join(stage.folder, 'a-file'), '');
      return { TOLLGATE_STATE: stage.state('blocked.json', { spool: path.join(stage.folder, 'a-file') }) };
    },
    isLed: true,
  },
  {
    name: 'the certificate of its authority is gone',
    arrange: (stage) => ({ TOLLGATE_STATE: stage.state('bare.json', { ca: path.join(stage.folder, 'nowhere.pem') }) }),
  },
  {
    name: 'the user has NODE_OPTIONS and PYTHONPATH',
    arrange: ({ folder }) => {
      cpSync(pythonHook, path.join(folder, 'library'), { recursive: true });
      return {
        NODE_OPTIONS: `--no-deprecation ${nodeOption(hook)} --max-http-header-size=20000`,
        PYTHONPATH: [pythonHook, path.join(folder, 'elsewhere')].join(path.delimiter),
      };
    },
    isLed: true,
  },
  {
    name: 'the user has a proxy',
    isUsers: true,
    arrange: ({ proxy }) => ({ HTTPS_PROXY: proxy.url, https_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' }),
  },
  {
    name: 'the user trusts authorities that the gateway does not',
    isUsers: true,
    arrange: ({ folder, ca }) => {
      const file = path.join(folder, 'own.pem');
      copyFileSync(ca, file);
      return { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file };
    },
  },
  {
    name: 'the gateway is killed in the middle of an answer',
    arrange: () => ({}),
    isCore: true,
    isLast: true,
  },
  { name: 'the gateway is down', arrange: (stage) => stage.kill().then(() => ({})), isCore: true },
];

/** Runs programs, at once unless each needs a gateway of its own; see `Detour.isLast`. */
export async function runsOf(
  stage: DetourStage,
  programs: readonly (readonly string[])[],
  variables: Variables,
  isLast = false,
): Promise<readonly Outcome[]> {
  if (!isLast) return Promise.all(programs.map((program) => stage.run(program, variables)));
  const outcomes: Outcome[] = [];
  for (const program of programs) {
    await stage.start();
    stage.killAtHalf();
    outcomes.push(await stage.run(program, variables));
  }
  return outcomes;
}

/** What takes the preloads away. */
export const withoutPreloads: Variables = { NODE_OPTIONS: '', PYTHONPATH: '', TOLLGATE_STATE: '' };
