import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayState } from '../shared/settings.ts';

/** Where hooks and the command line find the gateway of a data folder. */
export function stateFileIn(dataDirectory: string): string {
  return path.join(dataDirectory, 'gateway.json');
}

/** Writes the state in one step, so that a reader never finds half of it. */
export async function writeState(file: string, state: GatewayState): Promise<void> {
  const written = `${file}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  await rename(written, file);
}

/** Removes the state unless another gateway has taken over since. */
export async function removeState(file: string, own: GatewayState): Promise<void> {
  try {
    const found = JSON.parse(await readFile(file, 'utf8')) as Partial<GatewayState>;
    if (found.pid === own.pid && found.port === own.port) await rm(file, { force: true });
  } catch {
    // It is gone, or not a state at all: nothing of ours is left.
  }
}
