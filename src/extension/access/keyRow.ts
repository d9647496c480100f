import * as vscode from 'vscode';
import type { AccessBoard, AccessKey } from '../../shared/access.ts';
import { ago, ahead } from '../localise.ts';
import { themed, type Row } from './rowItem.ts';

/** A key of an application, with what is left of its life. */
export function keyRow(board: AccessBoard, id: string): Row | undefined {
  const key = board.keys.find((one) => one.id === id);
  if (key === undefined) return undefined;
  const { name, hint, state, lastUsedAt, apis, methods } = key;
  const hasBudget = board.limits.some(({ scope }) => scope.key === id);
  return {
    label: name,
    description: [...keyStateWords(key), hint].join(' · '),
    icon: state === 'expired' ? themed('key', 'list.errorForeground') : new vscode.ThemeIcon('key'),
    context: `key.${state}`,
    state: hasBudget ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    tooltip: [
      lastUsedAt === null
        ? vscode.l10n.t('Never used')
        : vscode.l10n.t('Last used {0}', new Date(lastUsedAt).toLocaleString()),
      apis === null ? vscode.l10n.t('Opens every API of its application') : vscode.l10n.t('Opens {0}', apis.join(', ')),
      methods === null ? '' : vscode.l10n.t('Only for {0}', methods.join(', ')),
    ],
    opens: true,
  };
}

/** How a key stands, for people; nothing where it is simply good. */
export function keyStateWords({ state, expiresAt, revokedAt, replacedBy }: AccessKey): readonly string[] {
  const now = Date.now();
  const end = revokedAt ?? expiresAt;
  const when =
    end === null
      ? []
      : [end > now ? vscode.l10n.t('ends {0}', ahead(end - now)) : vscode.l10n.t('ended {0}', ago(now - end))];
  if (state === 'revoked') return [vscode.l10n.t('revoked')];
  return [...(replacedBy === null ? [] : [vscode.l10n.t('replaced')]), ...when];
}
