import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TollgateExports } from '../../src/extension/extension.ts';

/** The folder that is open; the suites share it. */
export const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

/** Waits until something is so; fails with what was waited for. */
export async function until<T>(what: string, check: () => T | Promise<T>, seconds = 25): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await check();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Writes a file of the folder. @returns its path. */
export async function write(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await vscode.workspace.fs.writeFile(vscode.Uri.file(file), new TextEncoder().encode(content));
  return file;
}

/** The extension, activated. */
export async function tollgate(): Promise<TollgateExports> {
  const extension = vscode.extensions.getExtension<TollgateExports>('tollgate.tollgate');
  if (extension === undefined) throw new Error('The extension is not installed.');
  return extension.activate();
}

/** The running gateway, after at most some seconds. */
export async function runningGateway(): Promise<{ readonly url: string; readonly pid: number; readonly port: number }> {
  const exports = await tollgate();
  return until('the gateway to run', () => {
    const state = exports.gateway;
    if (state.kind === 'failed') throw new Error(state.message);
    if (state.kind !== 'running' || state.pid === undefined) return null;
    return { url: state.ready.url, pid: state.pid, port: state.ready.port };
  });
}

/** Diagnostics of a file that come from Tollgate. */
export function diagnosticsOf(file: string): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ source }) => source === 'Tollgate');
}

/** What terminals of this window get, read from one that is opened for it. */
export async function terminalEnvironment(
  options: vscode.TerminalOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const out = path.join(folder, `environment-${Date.now()}.json`);
  const script = await write(
    'environment.cjs',
    `require('fs').writeFileSync(process.argv[2], JSON.stringify(process.env));`,
  );
  const terminal = vscode.window.createTerminal({ name: 'environment', cwd: folder, ...options });
  try {
    terminal.sendText(`node "${script}" "${out}"`);
    return await until('the terminal’s environment', async () => {
      try {
        return JSON.parse(await readFile(out, 'utf8')) as Record<string, string>;
      } catch {
        return null;
      }
    });
  } finally {
    terminal.dispose();
  }
}
