import * as vscode from 'vscode';
import type { ApiLifecycle, PublishedVersion } from '../../shared/lifecycle.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { LifecycleNode } from './lifecycleNodes.ts';

/** What a node of the life cycle looks like. */
export function lifecycleItem(api: ApiStatus, node: LifecycleNode): vscode.TreeItem {
  const { lifecycle } = api;
  if (lifecycle === undefined) return new vscode.TreeItem('');
  switch (node.kind) {
    case 'lifecycle':
      return versionsItem(api.name, lifecycle);
    case 'draft':
      return draftItem(api.name, lifecycle);
    case 'version': {
      const version = lifecycle.versions.find((one) => one.version === node.version);
      return version === undefined ? new vscode.TreeItem(node.version) : versionItem(api.name, version, lifecycle);
    }
  }
}

function versionsItem(name: string, lifecycle: ApiLifecycle): vscode.TreeItem {
  const label = lifecycle.current === null ? vscode.l10n.t('Description') : vscode.l10n.t('Versions');
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  const words = draftWords(lifecycle);
  const draft = words === null ? [] : [words];
  const strict = lifecycle.routes === 'strict' ? [vscode.l10n.t('strict routes')] : [];
  item.id = `api/${name}/lifecycle`;
  item.description = [...(lifecycle.current === null ? [] : [lifecycle.current]), ...draft, ...strict].join(' · ');
  item.iconPath =
    lifecycle.trouble === null
      ? new vscode.ThemeIcon('versions')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const isOlder = ({ version, state }: PublishedVersion): boolean =>
    version !== lifecycle.current && state !== 'retired';
  item.contextValue = `lifecycle.${lifecycle.draftState}${lifecycle.versions.some(isOlder) ? '.others' : ''}`;
  item.tooltip = lifecycle.trouble ?? vscode.l10n.t('Drafts and versions are files beside tollgate.jsonc.');
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function draftItem(name: string, lifecycle: ApiLifecycle): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Draft'));
  item.id = `api/${name}/draft`;
  item.description =
    lifecycle.draftState === 'changed'
      ? vscode.l10n.t('changed')
      : (draftWords(lifecycle) ?? vscode.l10n.t('as published'));
  item.iconPath = new vscode.ThemeIcon('edit');
  item.contextValue = `draft.${lifecycle.draftState}`;
  item.tooltip = lifecycle.draft;
  item.command = { title: vscode.l10n.t('Open Draft'), command: 'tollgate.openDraft', arguments: [name] };
  item.accessibilityInformation = { label: `${vscode.l10n.t('Draft')}, ${item.description}` };
  return item;
}

function versionItem(name: string, version: PublishedVersion, { current }: ApiLifecycle): vscode.TreeItem {
  const item = new vscode.TreeItem(version.version);
  const isCurrent = version.version === current;
  item.id = `api/${name}/version/${version.version}`;
  const words = [...(isCurrent ? [vscode.l10n.t('in force')] : []), ...noticeWords(version)];
  item.description =
    words.length > 0
      ? words.join(' · ')
      : vscode.l10n.t('published {0}', new Date(version.publishedAt).toLocaleDateString());
  item.iconPath = iconOf(version, isCurrent);
  item.contextValue = `version.${version.state}${isCurrent ? '.current' : '.other'}`;
  item.tooltip = [
    vscode.l10n.t('Published {0}', new Date(version.publishedAt).toLocaleString()),
    ...(version.notice?.link == null ? [] : [version.notice.link]),
  ].join('\n');
  item.command = {
    title: vscode.l10n.t('Open Version'),
    command: 'vscode.open',
    arguments: [vscode.Uri.file(version.file)],
  };
  item.accessibilityInformation = { label: `${version.version}, ${item.description}` };
  return item;
}

function draftWords({ draftState }: ApiLifecycle): string | null {
  switch (draftState) {
    case 'missing':
      return vscode.l10n.t('no draft');
    case 'unpublished':
      return vscode.l10n.t('not published yet');
    case 'changed':
      return vscode.l10n.t('draft changed');
    case 'same':
      return null;
  }
}

function noticeWords({ state, notice }: PublishedVersion): readonly string[] {
  const successor = notice?.successor == null ? [] : [vscode.l10n.t('go to {0}', notice.successor)];
  switch (state) {
    case 'published':
      return [];
    case 'deprecated':
      return [
        vscode.l10n.t('deprecated'),
        ...(notice?.sunset == null ? [] : [vscode.l10n.t('ends {0}', notice.sunset.slice(0, 10))]),
        ...successor,
      ];
    case 'retired':
      return [vscode.l10n.t('retired: answers 410'), ...successor];
  }
}

function iconOf({ state }: PublishedVersion, isCurrent: boolean): vscode.ThemeIcon {
  switch (state) {
    case 'retired':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
    case 'deprecated':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'published':
      return isCurrent
        ? new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'))
        : new vscode.ThemeIcon('tag');
  }
}
