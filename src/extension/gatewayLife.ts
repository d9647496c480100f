import * as vscode from 'vscode';
import { rememberPort } from './gatewayOptions.ts';
import { exists, watchCatalogue } from './home.ts';
import type { Parts } from './parts.ts';

/** Starts the gateway with the window where there is a `tollgate.jsonc`, or when one appears, and keeps it to the settings. */
export function registerGatewayLife({ context, home, gateway, settings, output }: Parts): vscode.Disposable {
  if (home === null) return vscode.Disposable.from();
  // Why it did not start is told by the notices, and stands in the log.
  const start = (): void => void gateway.start().catch(() => undefined);
  const begin = async (): Promise<void> => {
    if (settings.current.autoStart && (await exists(home.catalogue))) start();
  };
  void begin();
  const watcher = watchCatalogue(home);
  let { port } = settings.current;
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(() => void begin()),
    gateway.onDidChangeState((state) => {
      if (state.kind === 'running') void rememberPort(context, state.ready.port);
    }),
    settings.onDidChange((changed) => {
      if (gateway.state.kind !== 'running') return;
      const settled = port === changed.port ? gateway.api.configure(changed.gateway) : gateway.restart();
      port = changed.port;
      settled.catch((error: unknown) => output.error('The changed settings could not be applied.', error));
    }),
  );
}
