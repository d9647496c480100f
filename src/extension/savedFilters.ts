import * as vscode from 'vscode';
import type { SavedFilter } from '../shared/panel.ts';
import type { SavedFilters } from './views/logPanelApi.ts';

const key = 'log.filters';

/** Filters with names in the settings, so that a workspace can share them. */
export function openSavedFilters(): SavedFilters {
  const list = (): readonly SavedFilter[] =>
    Object.entries(configured())
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
      .map(([name, filter]) => ({ name, filter }));
  const write = async (filters: Readonly<Record<string, unknown>>): Promise<void> => {
    const target =
      vscode.workspace.workspaceFolders === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
    await vscode.workspace.getConfiguration('tollgate').update(key, filters, target);
  };
  return {
    list,
    save: async (filter) => {
      const name = await vscode.window.showInputBox({
        title: vscode.l10n.t('Save the filter'),
        prompt: vscode.l10n.t('A name for the filter {0}', filter),
        value: list().find((one) => one.filter === filter)?.name ?? '',
        validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give it a name.') : undefined),
      });
      if (name !== undefined) await write({ ...configured(), [name.trim()]: filter });
    },
    forget: async (name) => write(Object.fromEntries(Object.entries(configured()).filter(([one]) => one !== name))),
  };
}

function configured(): Readonly<Record<string, unknown>> {
  return vscode.workspace.getConfiguration('tollgate').get<Record<string, unknown>>(key) ?? {};
}
