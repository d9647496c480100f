import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installCodeServer } from './codeServer.ts';
import { root } from './paths.ts';

/** The names of VS Code's own themes. */
export const themes = {
  light: 'Light 2026',
  dark: 'Dark 2026',
  highContrast: 'Default High Contrast',
} as const;
export type Theme = keyof typeof themes;

export interface EditorOptions {
  /** The folder that is open. */
  readonly folder: string;
  readonly theme?: Theme;
  /** User settings beside those that keep the editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables for the editor, its extensions and its terminals. */
  readonly environment?: Readonly<Record<string, string>>;
  /** 0 for any. */
  readonly port?: number;
  /**
   * How the extension gets in. `linked` (the default): as installed, but from this repository's files. `tests`: by
   * `testsPayload`, for which the editor runs as in its own smoke tests, without notifications. `none`: not at all.
   */
  readonly extension?: 'linked' | 'tests' | 'none';
  /** Runs after the folder for its data is made and before it starts, to install extensions for example. */
  readonly prepare?: (dataDirectory: string) => Promise<void>;
}

/** A running VS Code server with a fresh profile. */
export interface Editor {
  readonly port: number;
  readonly folder: string;
  /** Profile, logs and installed extensions; deleted at the end. */
  readonly dataDirectory: string;
  /** All that it printed so far. */
  output(): string;
  /** Ends it with its children and deletes its data. */
  close(): Promise<void>;
}

/** The address that opens the editor's folder. `payload` as `vscode.workbench.create` takes it. */
export function editorUrl(editor: Editor, payload: readonly (readonly [string, string])[] = []): string {
  const all = JSON.stringify([...payload, ['skipWelcome', 'true']]);
  const query = `folder=${encodeURIComponent(toUrlPath(editor.folder))}&payload=${encodeURIComponent(all)}`;
  return `http://localhost:${String(editor.port)}/?${query}`;
}

/** Opens a file at the start. */
export function filePayload(editor: Editor, name: string): readonly (readonly [string, string])[] {
  return [['openFile', remote(editor, path.join(editor.folder, name))]];
}

/** Loads the extension from this repository and runs a module that exports `run()` beside it, as test-electron does. */
export function testsPayload(editor: Editor, module: string): readonly (readonly [string, string])[] {
  return [
    ['extensionDevelopmentPath', remote(editor, root)],
    ['extensionTestsPath', remote(editor, module)],
  ];
}

/** Starts VS Code on loopback. Fails with what it printed if it does not listen within a minute. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const code = await installCodeServer();
  const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'tollgate-editor-'));
  await writeSettings(dataDirectory, options);
  const { extension = 'linked' } = options;
  if (extension === 'linked') await linkExtension(dataDirectory);
  await options.prepare?.(dataDirectory);
  const child = spawn(
    process.execPath,
    [
      path.join(code, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--server-data-dir', dataDirectory, '--accept-server-license-terms', '--without-connection-token'],
      // Without it a released build ignores the payload; with it there are no notifications.
      ...(extension === 'tests' ? ['--enable-smoke-test-driver'] : []),
      ...['--disable-workspace-trust', '--disable-telemetry', '--disable-experiments'],
      // A login shell would put another Node first on the PATH.
      '--force-disable-user-env',
    ],
    {
      env: environment(options.environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );
  let printed = '';
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-1_000_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const close = async (): Promise<void> => {
    await end(child);
    await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const port = await listening(child, () => printed);
    return { port, folder: options.folder, dataDirectory, output: () => printed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeSettings(dataDirectory: string, options: EditorOptions): Promise<void> {
  const settings = {
    'workbench.colorTheme': themes[options.theme ?? 'dark'],
    'workbench.startupEditor': 'none',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.tips.enabled': false,
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    'chat.disableAIFeatures': true,
    'security.workspace.trust.enabled': false,
    'extensions.ignoreRecommendations': true,
    'extensions.autoCheckUpdates': false,
    'git.enabled': false,
    // Every local server would be announced.
    'remote.autoForwardPorts': false,
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    ...options.settings,
  };
  const folder = path.join(dataDirectory, 'data/User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
  await mkdir(path.join(dataDirectory, 'extensions'), { recursive: true });
}

/** As if installed, but a new build is there after a reload of the window. */
async function linkExtension(dataDirectory: string): Promise<void> {
  await symlink(root, path.join(dataDirectory, 'extensions/tollgate.tollgate-0.1.0'), 'junction');
}

/** The caller's variables without those that npm and a surrounding editor set, and this Node first on the PATH. */
function environment(additions: EditorOptions['environment']): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|TOLLGATE_|NODE_OPTIONS$|NODE_NO_WARNINGS$|INIT_CWD$|PATH$)/i.test(name),
  );
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const elsewhere = folders.filter((folder) => !folder.endsWith(path.join('node_modules', '.bin')));
  const PATH = [path.dirname(process.execPath), ...elsewhere].join(path.delimiter);
  return { ...Object.fromEntries(kept), PATH, ...additions };
}

function listening(child: ChildProcess, printed: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`VS Code ${what}. It printed:\n${printed()}`));
    const timer = setTimeout(() => fail('did not listen within a minute'), 60_000);
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(printed())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${String(code)}`);
    });
    child.once('error', reject);
  });
}

/** It has children of its own (extension hosts, terminals), which share its process group. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended by itself.
  }
}

function remote(editor: Editor, file: string): string {
  return `vscode-remote://localhost:${String(editor.port)}${toUrlPath(file)}`;
}

/** Windows paths begin with a slash in URLs. */
function toUrlPath(file: string): string {
  const forward = file.split(path.sep).join('/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
