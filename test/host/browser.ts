import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cache, root } from './paths.ts';
import { run } from './run.ts';

const downloads = path.join(cache, 'browsers');

/**
 * A Chromium to drive: the path in `TOLLGATE_BROWSER`, an installed Chrome, Chromium or Edge, Debian's chromium by apt
 * (where this is root on such a system), or Playwright's own download, in that order. Fails saying what was tried.
 */
export async function findBrowser(): Promise<string> {
  const given = process.env.TOLLGATE_BROWSER;
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new Error(`TOLLGATE_BROWSER names ${given}, which does not exist.`);
  }
  const found = installed() ?? (await fromApt()) ?? (await fromPlaywright());
  if (found !== null) return found;
  throw new Error(
    'There is no browser to drive. Install Chrome, Chromium or Edge, or set TOLLGATE_BROWSER to the path of one.',
  );
}

function installed(): string | null {
  return places().find((file) => existsSync(file)) ?? null;
}

function places(): readonly string[] {
  if (process.platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const folders = ['/Applications', path.join(os.homedir(), 'Applications')];
    return folders.flatMap((folder) => names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (process.platform === 'win32') {
    const names = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
    const programs = [...names, 'Microsoft/Edge/Application/msedge.exe'];
    const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => process.env[name]);
    return folders.flatMap((folder) => (folder === undefined ? [] : programs.map((name) => path.join(folder, name))));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
}

async function fromApt(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log('Installing chromium by apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '--yes', '--no-install-recommends', '-qq', 'chromium', 'fonts-liberation'];
  let result = await run('apt-get', install, { env });
  if (result.code !== 0) {
    await run('apt-get', ['update', '-qq'], { env });
    result = await run('apt-get', install, { env });
  }
  if (result.code !== 0) console.log(`apt-get could not: ${result.output.trim().split('\n').at(-1) ?? ''}`);
  return installed();
}

async function fromPlaywright(): Promise<string | null> {
  process.env.PLAYWRIGHT_BROWSERS_PATH = downloads;
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log('Downloading Chromium by Playwright …');
  const cli = path.join(root, 'node_modules/playwright-core/cli.js');
  const { code, output } = await run(process.execPath, [cli, 'install', 'chromium']);
  if (code !== 0) console.log(`Playwright could not: ${output.trim().split('\n').at(-1) ?? ''}`);
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}
