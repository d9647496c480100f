import * as vscode from 'vscode';
import { gatewayOptions } from './gatewayOptions.ts';
import { Gateway } from './gatewayProcess.ts';
import type { Home } from './home.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** The gateway of this window, not yet started. It gets the workspace's secrets and gives back rotated ones. */
export function createGateway(
  context: vscode.ExtensionContext,
  home: Home | null,
  settings: Settings,
  secrets: Secrets,
  log: vscode.LogOutputChannel,
): Gateway {
  if (home === null) return new Gateway(null);
  return new Gateway({
    file: vscode.Uri.joinPath(context.extensionUri, 'dist', 'gateway.js').fsPath,
    cwd: home.folder.uri.fsPath,
    options: () => gatewayOptions(context, home, settings, secrets),
    host: { secrets: () => secrets.all(), saveSecret: (name, secret) => secrets.save(name, secret) },
    log,
  });
}
