import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { exists, watchCatalogue } from '../home.ts';

/** Keeps the context keys that welcome contents and menus ask: `tollgate.gateway`, `tollgate.configured`, `tollgate.findings`, `tollgate.simulating`, `tollgate.warnings`, `tollgate.mutes`, `tollgate.paused`. */
export function registerContextKeys({ home, gateway, traffic, pause }: Parts): vscode.Disposable {
  const set = (key: string, value: unknown): void => void vscode.commands.executeCommand('setContext', key, value);
  const tellGateway = (): void => set('tollgate.gateway', gateway.state.kind);
  const tellFindings = (): void => set('tollgate.findings', traffic.findings.length);
  const tellSimulating = (): void =>
    set(
      'tollgate.simulating',
      traffic.apis.some(({ simulation }) => simulation !== null),
    );
  const tellWarnings = (): void => {
    const { warnings, mutes } = traffic.warnings;
    set('tollgate.warnings', warnings.filter(({ muted }) => !muted).length);
    set('tollgate.mutes', mutes.length);
  };
  const tellPause = (): void => set('tollgate.paused', pause.until !== null);
  const tellCatalogue = async (): Promise<void> =>
    set('tollgate.configured', home !== null && (await exists(home.catalogue)));
  // The first command that is run takes the editor some milliseconds, for which nobody's start need wait.
  const first = setImmediate(() => {
    tellGateway();
    tellFindings();
    tellSimulating();
    tellWarnings();
    tellPause();
    void tellCatalogue();
  });
  const followers = [
    { dispose: () => clearImmediate(first) },
    gateway.onDidChangeState(tellGateway),
    pause.onDidChange(tellPause),
    traffic.onDidChangeFindings(tellFindings),
    traffic.onDidChangeApis(tellSimulating),
    traffic.onDidChangeWarnings(tellWarnings),
  ];
  if (home === null) return vscode.Disposable.from(...followers);
  const watcher = watchCatalogue(home);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(() => void tellCatalogue()),
    watcher.onDidDelete(() => void tellCatalogue()),
    ...followers,
  );
}
