import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/** What programs get in a terminal that is opened now, as `probe.cjs` tells. */
export interface Probe {
  readonly node: string;
  /** Null where there is no Python on the path. */
  readonly python: string | null;
  readonly NODE_OPTIONS?: string;
  readonly PYTHONPATH?: string;
  readonly TOLLGATE_STATE?: string;
}

/** Milliseconds for a shell with all its start-up files, and a Node in it. */
const patience = 10_000;

/** Opens a terminal that nobody sees, as the person's own are, and asks there. Null where no answer comes. */
export async function probeShell(hooks: string): Promise<Probe | null> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tollgate-probe-'));
  const out = path.join(folder, 'probe.json');
  const terminal = vscode.window.createTerminal({ name: 'Tollgate', hideFromUser: true, isTransient: true });
  try {
    // The space keeps it out of most shells' history. JSON's quotes hold in all of them.
    terminal.sendText(` node "${path.join(hooks, 'probe.cjs')}" "${out}"`);
    const end = Date.now() + patience;
    while (Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const text = await readFile(out, 'utf8').catch(() => '');
      if (text.endsWith('}')) return JSON.parse(text) as Probe;
    }
    return null;
  } finally {
    terminal.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
