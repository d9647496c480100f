import path from 'node:path';
import * as vscode from 'vscode';
import type { CaptureEnvironment, ProgramVariables } from './capture/captureEnvironment.ts';
import type { Parts } from './parts.ts';

/**
 * Files in a user's home may set `NODE_OPTIONS` or `PYTHONPATH` anew; the shell integration runs after them. Where it
 * runs both apply, and the preloads do not mind being named twice.
 */
const alsoAfterProfiles = { applyAtProcessCreation: true, applyAtShellIntegration: true };

/** Gives the window's terminals and tasks the preloads that note call sites, and the variables that lead to the gateway. */
export function registerTerminals(
  programs: CaptureEnvironment,
  { context, settings }: Pick<Parts, 'context' | 'settings'>,
): vscode.Disposable {
  const collection = context.environmentVariableCollection;
  // What a window leaves behind must not break terminals when Tollgate is gone.
  collection.persistent = false;
  collection.description = new vscode.MarkdownString(
    vscode.l10n.t('Leads calls to the APIs in `tollgate.jsonc` through Tollgate and notes which line made them.'),
  );
  let scoped: readonly vscode.EnvironmentVariableCollection[] = [];
  let captured = '';
  const update = (): void => {
    for (const one of [collection, ...scoped]) one.clear();
    const folders = vscode.workspace.workspaceFolders ?? [];
    const captures = folders.filter((folder) => settings.capturesIn(folder));
    captured = JSON.stringify(captures.map(({ uri }) => uri.toString()));
    scoped =
      captures.length === folders.length
        ? []
        : captures.map((workspaceFolder) => collection.getScoped({ workspaceFolder }));
    // What all terminals get cannot be taken from those of one folder again.
    for (const one of captures.length === folders.length ? [collection] : scoped) apply(one, programs.current);
  };
  update();
  return vscode.Disposable.from(
    programs.onDidChange(update),
    settings.onDidChange(() => {
      const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => settings.capturesIn(folder));
      if (JSON.stringify(folders.map(({ uri }) => uri.toString())) !== captured) update();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(update),
  );
}

function apply(
  collection: vscode.EnvironmentVariableCollection,
  { variables, nodeOptions, pythonFolder }: ProgramVariables,
): void {
  for (const [name, value] of Object.entries(variables)) collection.replace(name, value);
  if (nodeOptions !== null) collection.append('NODE_OPTIONS', nodeOptions, alsoAfterProfiles);
  // Where the variable is not set the hook removes the empty entry that this leaves.
  if (pythonFolder !== null) collection.prepend('PYTHONPATH', pythonFolder + path.delimiter, alsoAfterProfiles);
}
