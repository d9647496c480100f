import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cache, root } from './paths.ts';
import { run } from './run.ts';

const version = '4.139.1';
/** As the registry states it, so that a changed package is noticed. */
const integrity = 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/**
 * The whole of VS Code for a browser, from the npm package `code-server`, in the cache. Downloads it on first use.
 * @returns the folder with `out/server-main.js`.
 */
export async function installCodeServer(): Promise<string> {
  const home = path.join(cache, `code-server-${version}`);
  if (!existsSync(home)) await download(home);
  const code = path.join(home, 'lib/vscode');
  await lendTypeScript(code);
  return code;
}

/** Everything happens in a temporary folder that gets its name at the end, so an interruption leaves nothing half. */
async function download(home: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(path.join(cache, '.unpacking-'));
  try {
    console.log(`Downloading VS Code (code-server ${version}, 47 MB) …`);
    await must('npm', ['pack', `code-server@${version}`, '--silent', '--pack-destination', temporary], temporary);
    const archive = path.join(temporary, `code-server-${version}.tgz`);
    const found = `sha512-${await digest(archive)}`;
    if (found !== integrity) {
      throw new Error(`The code-server package is not the expected one: ${found} instead of ${integrity}.`);
    }
    await must('tar', ['-xzf', archive, '-C', temporary], temporary);
    console.log('Installing its dependencies (about 400 MB) …');
    const code = path.join(temporary, 'package/lib/vscode');
    await must('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], code);
    await rename(path.join(temporary, 'package'), home).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function must(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(program, args, { cwd });
  if (code !== 0) throw new Error(`"${program} ${args.join(' ')}" failed (exit code ${String(code)}):\n${output}`);
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/** The editor's TypeScript support looks for the compiler there; this project has the same major version. */
async function lendTypeScript(code: string): Promise<void> {
  const folder = path.join(code, 'extensions/node_modules');
  const link = path.join(folder, 'typescript');
  if (existsSync(link)) return;
  await mkdir(folder, { recursive: true });
  await rm(link, { force: true });
  await symlink(path.join(root, 'node_modules/typescript'), link, 'junction').catch(() => undefined);
}
