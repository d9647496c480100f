import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Installs the npm packages where some are missing or not those of package-lock.json.
 * Compares contents rather than times, because a fresh checkout has no meaningful times.
 */
export async function ensureDependencies(root) {
  const wanted = await readPackages(path.join(root, 'package-lock.json'));
  if (wanted === null) throw new Error('package-lock.json is missing or broken. Check out the repository again.');
  const installed = await readPackages(path.join(root, 'node_modules/.package-lock.json'));
  const differing = installed === null ? [] : differences(wanted, installed);
  if (installed !== null && differing.length === 0) return;

  console.log(
    installed === null
      ? 'Installing the npm packages (about 300 MB, once) …'
      : `Updating the npm packages (${String(differing.length)} differ from package-lock.json) …`,
  );
  // Not `npm ci`: it deletes node_modules first, with the Node binary that may be running this, and it insists on
  // packages for other platforms, which not every registry has.
  const status = npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], root);
  if (status !== 0) {
    throw new Error(
      `npm install failed (exit code ${String(status)}). Its messages are above; check the network and try again.`,
    );
  }
}

/** Runs npm, the one that runs this script where there is one. Its output goes to this terminal. */
function npm(args, cwd) {
  const own = process.env['npm_execpath'];
  const result =
    own !== undefined && /\.c?js$/.test(own)
      ? spawnSync(process.execPath, [own, ...args], { cwd, stdio: 'inherit' })
      : spawnSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** Packages that this machine needs and lacks, or has in another version. */
function differences(wanted, installed) {
  return Object.entries(wanted)
    .filter(([name, entry]) => name !== '' && (entry.optional !== true || fits(entry)))
    .filter(([name, entry]) => !entry.link && installed[name]?.version !== entry.version)
    .filter(([name, entry]) => entry.optional !== true || name in installed || isNodeBinary(name))
    .map(([name]) => name);
}

/** Other optional packages may be left out by npm for reasons of its own, such as the C library. */
function isNodeBinary(name) {
  return /^node_modules\/node-(bin-)?(darwin|linux|win)-/.test(name);
}

function fits(entry) {
  const names = (value) => (value === undefined ? [] : [value].flat());
  const matches = (value, mine) => names(value).length === 0 || names(value).includes(mine);
  return matches(entry.os, process.platform) && matches(entry.cpu, process.arch);
}
