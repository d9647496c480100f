import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache } from '../host/paths.ts';

/** The programs and packages that only the matrix needs. */
export const matrixPrograms = path.resolve(import.meta.dirname, '../fixtures/matrix');

/**
 * The `node_modules` of the packages that `test/fixtures/matrix/package.json` lists, fetched once and kept between runs;
 * null, after saying why, where they cannot be had.
 */
export function matrixPackages(): string | null {
  const manifest = path.join(matrixPrograms, 'package.json');
  const key = createHash('sha256').update(readFileSync(manifest)).digest('hex').slice(0, 12);
  const folder = path.join(cache, `matrix-${key}`);
  if (!existsSync(folder)) {
    try {
      rmSync(`${folder}.tmp`, { recursive: true, force: true, maxRetries: 5 });
      mkdirSync(`${folder}.tmp`, { recursive: true });
      copyFileSync(manifest, path.join(`${folder}.tmp`, 'package.json'));
      console.log('Fetching the packages of the matrix …');
      const isShell = process.platform === 'win32';
      const options = { cwd: `${folder}.tmp`, stdio: 'pipe', shell: isShell } as const;
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], options);
      renameSync(`${folder}.tmp`, folder);
    } catch (error) {
      console.log(`The packages of the matrix cannot be had: ${String(error).split('\n').slice(0, 3).join(' ')}`);
      return null;
    }
  }
  return path.join(folder, 'node_modules');
}
