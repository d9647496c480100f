import * as vscode from 'vscode';
import { promptEnding, type PromptListed } from '../../shared/prompts.ts';
import type { Parts } from '../parts.ts';

/** The view of prompt files. */
export function registerPromptTree({ gateway }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.createFileSystemWatcher(`**/*${promptEnding}`);
  const refresh = (): void => changed.fire();
  return vscode.Disposable.from(
    changed,
    watcher,
    ...[watcher.onDidChange(refresh), watcher.onDidCreate(refresh), watcher.onDidDelete(refresh)],
    gateway.onDidChangeState(refresh),
    vscode.window.createTreeView<PromptListed>('tollgate.prompts', {
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getChildren: async (node) =>
          node !== undefined || gateway.state.kind !== 'running' ? [] : [...(await gateway.api.prompts())].sort(byName),
        getTreeItem: toItem,
      },
    }),
  );
}

function byName(a: PromptListed, b: PromptListed): number {
  return a.name.localeCompare(b.name);
}

function toItem({ name, file, path, description, model, published, url, errors }: PromptListed): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  const state =
    errors === 0
      ? published
        ? vscode.l10n.t('published')
        : vscode.l10n.t('draft')
      : errors === 1
        ? vscode.l10n.t('1 error')
        : vscode.l10n.t('{0} errors', errors);
  item.id = file;
  item.description = [state, ...(model === null ? [] : [model])].join(' · ');
  item.resourceUri = vscode.Uri.file(file);
  item.iconPath = new vscode.ThemeIcon(errors > 0 ? 'error' : published ? 'cloud' : 'edit');
  item.contextValue = `prompt.${errors > 0 ? 'broken' : published ? 'published' : 'draft'}`;
  item.tooltip = [path, ...(description === null ? [] : [description]), ...(published ? [`POST ${url}`] : [])].join(
    '\n',
  );
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [vscode.Uri.file(file)] };
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}
