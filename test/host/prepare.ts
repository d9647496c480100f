import path from 'node:path';
import { installCodeServer } from './codeServer.ts';
import { root } from './paths.ts';
import { run } from './run.ts';
import type { Stage } from './stages.ts';

/**
 * Fetches what stages to come need from the network, while others keep the processors busy. What cannot be had is told
 * by the tests that want it.
 */
export async function prepare(stages: readonly Stage[]): Promise<void> {
  const groups = new Set(stages.map(({ group }) => group));
  const wanted: Promise<unknown>[] = [];
  if (groups.has('extension') || groups.has('workbench')) wanted.push(installCodeServer());
  if (groups.has('source') || groups.has('workbench')) {
    wanted.push(run(process.execPath, [path.join(root, 'test/hooks/installPackages.ts')]));
  }
  await Promise.allSettled(wanted);
}
