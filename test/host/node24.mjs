import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The Node that runs the project's TypeScript as it is: this process's own where it is new enough, else the one that
 * npm installed for this platform (an optional dependency), else one on the PATH.
 * @returns an absolute path, or `node`.
 */
export async function findNode24(root) {
  if (isNewEnough(process.version)) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const candidates = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
    .map((name) => path.join(root, 'node_modules', name, file))
    .filter((candidate) => existsSync(candidate));
  for (const candidate of [...candidates, 'node']) {
    const { stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    if (isNewEnough(stdout ?? '')) return candidate;
  }
  throw new Error(
    `Tollgate is developed with Node 24; this is ${process.version}, and npm has no Node 24 for ` +
      `${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and run the command again.`,
  );
}

function isNewEnough(version) {
  return Number(/^v(\d+)\./.exec(version.trim())?.[1] ?? 0) >= 24;
}
