import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sandboxPort, startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { firstRefreshToken } from './sandbox/tokens.ts';

/** A fresh copy of the demo's workspace, and the sandbox that its programs call. */
export interface Demo {
  readonly folder: string;
  readonly sandbox: Sandbox;
  /** For the editor: what a person would have set up before. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops the sandbox and deletes the copy. */
  close(): Promise<void>;
}

/** Makes one in a temporary folder. The sandbox takes its usual port where that is free and wanted. */
export async function startDemo(options: { readonly anyPort?: boolean } = {}): Promise<Demo> {
  const sandbox = await (options.anyPort === true
    ? startSandbox(0)
    : startSandbox(sandboxPort).catch(() => startSandbox(0)));
  const parent = await mkdtemp(path.join(os.tmpdir(), 'tollgate-demo-'));
  const folder = path.join(parent, 'demo');
  await cp(path.join(import.meta.dirname, 'workspace'), folder, { recursive: true });
  const modules = path.resolve(import.meta.dirname, '../../node_modules');
  await symlink(modules, path.join(folder, 'node_modules'), 'junction');
  if (sandbox.port !== sandboxPort) {
    for (const file of ['tollgate.jsonc', 'sandbox.sh', 'README.md'])
      await setPort(path.join(folder, file), sandbox.port);
  }
  return {
    folder,
    sandbox,
    environment: {
      SANDBOX_REFRESH_TOKEN: firstRefreshToken,
      OPENROUTER_API_KEY: `sk-or-v1-${'0'.repeat(64)}`,
      DEEPSEEK_API_KEY: `sk-${'0'.repeat(32)}`,
    },
    close: async () => {
      await sandbox.close();
      await rm(parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** The workspace names the usual port; the copy names the one that was to be had. */
async function setPort(file: string, port: number): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll(`127.0.0.1:${String(sandboxPort)}`, `127.0.0.1:${String(port)}`));
}
