import path from 'node:path';
import * as vscode from 'vscode';
import { nodeOption } from '../shared/nodeOptions.ts';
import { copyHooks } from './hooksFolder.ts';
import type { Parts } from './parts.ts';

/** What terminals get: variables that are set, what is appended to `NODE_OPTIONS`, and put before `PYTHONPATH`. */
interface TerminalEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly nodeOptions: string | null;
  readonly pythonPath: string | null;
}

const nothing: TerminalEnvironment = { variables: {}, nodeOptions: null, pythonPath: null };

/** Gives the window's terminals and tasks the preloads that note call sites, and the variables that lead to the gateway. */
export function registerTerminals(parts: Parts): vscode.Disposable {
  const { context, gateway, traffic, settings, output } = parts;
  const collection = context.environmentVariableCollection;
  // What a window leaves behind must not break terminals when Tollgate is gone.
  collection.persistent = false;
  collection.description = new vscode.MarkdownString(
    vscode.l10n.t('Leads calls to the APIs in `tollgate.jsonc` through Tollgate and notes which line made them.'),
  );
  const hooks = vscode.Uri.joinPath(context.globalStorageUri, 'hooks').fsPath;
  const copied = copyHooks(vscode.Uri.joinPath(context.extensionUri, 'dist', 'hooks').fsPath, hooks).then(
    () => true,
    (error: unknown) => {
      output.error('The preloads for call sites could not be copied; findings will lack their lines.', error);
      return false;
    },
  );
  let applied = JSON.stringify(nothing);
  let seen = '';
  let turn: Promise<void> = Promise.resolve();

  const update = async (): Promise<void> => {
    // While it restarts after a crash, the same port comes back: new terminals should be as the old ones.
    if (gateway.state.kind === 'starting') return;
    const wanted = gateway.state.kind === 'running' ? await environmentOf(parts, hooks, await copied) : nothing;
    const text = JSON.stringify(wanted);
    // Each change marks open terminals as outdated, so nothing is set again for nothing.
    if (text === applied) return;
    applied = text;
    apply(collection, wanted);
  };
  const updateInTurn = (): void => {
    turn = turn
      .then(update)
      .catch((error: unknown) => output.error('The terminals’ environment was not updated.', error));
  };
  collection.clear();
  updateInTurn();
  return vscode.Disposable.from(
    gateway.onDidChangeState(updateInTurn),
    traffic.onDidChangeApis((apis) => {
      const telling = JSON.stringify(
        apis.map(({ name, url, provider, credential }) => [name, url, provider, credential]),
      );
      if (telling !== seen) updateInTurn();
      seen = telling;
    }),
    settings.onDidChange(updateInTurn),
  );
}

async function environmentOf(
  { gateway, settings }: Parts,
  hooks: string,
  hooksCopied: boolean,
): Promise<TerminalEnvironment> {
  if (gateway.state.kind !== 'running') return nothing;
  const { stateFile } = gateway.state.ready;
  const { capture, baseUrls } = settings.current.terminals;
  const variables = Object.entries(await gateway.api.programEnvironment());
  const capturing = capture && hooksCopied;
  return {
    variables: {
      ...Object.fromEntries(variables.filter(([name]) => baseUrls || name.startsWith('TOLLGATE_'))),
      ...(capturing ? { TOLLGATE_STATE: stateFile } : {}),
    },
    nodeOptions: capturing ? nodeOption(path.join(hooks, 'register.cjs')) : null,
    // Where the variable is not set the hook removes the empty entry that this leaves.
    pythonPath: capturing ? path.join(hooks, 'python') + path.delimiter : null,
  };
}

function apply(
  collection: vscode.EnvironmentVariableCollection,
  { variables, nodeOptions, pythonPath }: TerminalEnvironment,
): void {
  collection.clear();
  for (const [name, value] of Object.entries(variables)) collection.replace(name, value);
  if (nodeOptions !== null) collection.append('NODE_OPTIONS', nodeOptions);
  if (pythonPath !== null) collection.prepend('PYTHONPATH', pythonPath);
}
