import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOption } from '../shared/nodeOptions.ts';
import type { ProgramEnvironment } from '../shared/protocol.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a captured command: its own, the gateway's variables, and the preloads that note call sites, put
 * behind what `NODE_OPTIONS` says already and before what `PYTHONPATH` does.
 */
export function capturedEnvironment(own: Environment, program: ProgramEnvironment, stateFile: string): Environment {
  return {
    ...own,
    ...noProxyForLoopback(own),
    ...program,
    // A program may spend, not control.
    TOLLGATE_TOKEN: undefined,
    TOLLGATE_STATE: stateFile,
    NODE_OPTIONS: (own.NODE_OPTIONS ?? '') + nodeOption(preload('register.cjs')),
    // An empty entry would be the working directory.
    PYTHONPATH: [preload('python'), own.PYTHONPATH ?? ''].filter((entry) => entry !== '').join(path.delimiter),
  };
}

/**
 * A state file for this run alone, beside the gateway's: another gateway of the same data folder overwrites that one,
 * and the hooks would follow it.
 */
export async function ownStateFile(stateFile: string): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const file = path.join(path.dirname(stateFile), `gateway.${String(process.pid)}.json`);
  await copyFile(stateFile, file);
  return { file, remove: () => rm(file, { force: true }) };
}

/** They stand beside the bundle, or in the sources. */
function preload(name: string): string {
  const folder = import.meta.url.endsWith('.ts') ? '../hooks' : './hooks';
  return fileURLToPath(new URL(`${folder}/${name}`, import.meta.url));
}

/** Programs that obey a proxy would ask it for the gateway, which only this machine can reach. */
function noProxyForLoopback(own: Environment): Environment {
  const proxied = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => (own[name] ?? '') !== '');
  if (!proxied) return {};
  const listed = (own.NO_PROXY ?? own.no_proxy ?? '').split(',').filter((host) => host.trim() !== '');
  if (listed.some((host) => host.trim() === '127.0.0.1' || host.trim() === '*')) return {};
  const value = [...listed, '127.0.0.1', 'localhost'].join(',');
  return { NO_PROXY: value, no_proxy: value };
}
