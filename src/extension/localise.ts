import * as vscode from 'vscode';
import type { Text } from '../shared/text.ts';

/** A sentence of the vocabulary in the editor's language. */
export function localise({ message, args }: Text): string {
  return vscode.l10n.t(message, ...args);
}

/** How long ago, coarsely, as in "2 min ago". `milliseconds` may be negative where clocks disagree. */
export function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return vscode.l10n.t('just now');
  if (minutes < 60) return vscode.l10n.t('{0} min ago', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return vscode.l10n.t('{0} h ago', hours);
  return vscode.l10n.t('{0} d ago', Math.floor(hours / 24));
}

/** How long from now, coarsely, as in "in 12 min". */
export function ahead(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (minutes <= 1) return vscode.l10n.t('within a minute');
  if (minutes < 120) return vscode.l10n.t('in {0} min', minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return vscode.l10n.t('in {0} h', hours);
  return vscode.l10n.t('in {0} d', Math.round(hours / 24));
}
