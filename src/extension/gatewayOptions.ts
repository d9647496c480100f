import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { ChannelError } from '../shared/channel.ts';
import type { GatewayOptions } from '../shared/settings.ts';
import type { Home } from './home.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

const portKey = 'tollgate.port';

/** Puts together what the gateway of this workspace starts with. */
export async function gatewayOptions(
  context: vscode.ExtensionContext,
  home: Home,
  settings: Settings,
  secrets: Secrets,
): Promise<GatewayOptions> {
  await vscode.workspace.fs.createDirectory(home.storage).then(undefined, (error: unknown) => {
    throw new ChannelError(
      'storage_unwritable',
      vscode.l10n.t('Tollgate cannot make its folder {0}. Check its permissions and try again.', home.storage.fsPath),
      { cause: error },
    );
  });
  const { gateway, port } = settings.current;
  return {
    catalogueFile: home.catalogue.fsPath,
    dataDirectory: home.storage.fsPath,
    port: wantedPort(context, home, port),
    whenPortTaken: 'another',
    token: await secrets.token(),
    settings: gateway,
    environment: programVariables(),
  };
}

/** Keeps the port of the first start; where it is taken later, another serves, and the next start tries it again. */
export async function rememberPort(context: vscode.ExtensionContext, port: number): Promise<void> {
  if (context.workspaceState.get(portKey) === undefined) await context.workspaceState.update(portKey, port);
}

/** The port of the settings, else the one this workspace had before. */
export function wantedPort(context: vscode.ExtensionContext, home: Home, setting: number): number {
  return setting === 0 ? (context.workspaceState.get<number>(portKey) ?? firstPort(home)) : setting;
}

/** Below the ranges from which systems give ports to outgoing connections (32768 and up), and mostly unregistered. */
function firstPort(home: Home): number {
  return 20_000 + (createHash('sha256').update(home.id).digest().readUInt16BE(0) % 10_000);
}

/** The environment for commands that print a token: without what makes Electron run as Node. */
function programVariables(): GatewayOptions['environment'] {
  const hidden = new Set(['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE']);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !hidden.has(name.toUpperCase())));
}
