import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayState } from '../shared/settings.ts';
import { plain, text } from '../shared/text.ts';

/** Where hooks and the command line find the gateway of a data folder. */
export function stateFileIn(dataDirectory: string): string {
  return path.join(dataDirectory, 'gateway.json');
}

/** The state of one gateway, as others read it. */
export interface StateFile {
  readonly file: string;
  /** Writes it in one step, so that a reader never finds half of it; the last state asked for is the last written. */
  write(state: Omit<GatewayState, 'pid' | 'spool' | 'trusts'>): Promise<void>;
  /** Removes it unless another gateway has taken over since. Nothing is written from then on. */
  remove(): Promise<void>;
}

/** The state file of a data folder. `always` is what never changes. */
export function createStateFile(
  dataDirectory: string,
  always: Pick<GatewayState, 'pid' | 'spool' | 'trusts'>,
): StateFile {
  const file = stateFileIn(dataDirectory);
  let turn: Promise<void> = Promise.resolve();
  let removed = false;
  let port = 0;
  return {
    file,
    write: (more) => {
      ({ port } = more);
      const state: GatewayState = { ...always, ...more };
      turn = turn.catch(() => undefined).then(() => (removed ? undefined : replace(file, state)));
      return turn;
    },
    remove: async () => {
      removed = true;
      await turn.catch(() => undefined);
      try {
        const found = JSON.parse(await readFile(file, 'utf8')) as Partial<GatewayState>;
        if (found.pid === always.pid && found.port === port) await rm(file, { force: true });
      } catch {
        // It is gone, or not a state at all: nothing of ours is left.
      }
    },
  };
}

/** Says what it means that the state could not be written. */
export function tellUnwritten(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  const said = text(
    'The file that tells programs of this gateway could not be written: {0}. Until the gateway starts anew, programs find it by its address only.',
    why,
  );
  process.stderr.write(`${plain(said)}\n`);
}

async function replace(file: string, state: GatewayState): Promise<void> {
  const written = `${file}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  await rename(written, file);
}
