import * as vscode from 'vscode';
import type { ApiStatus } from '../../shared/protocol.ts';
import { ago, ahead } from '../localise.ts';

/** What an API's credential is like, in a few words. */
export function credentialLabel({ credential, credentialType }: ApiStatus): string {
  switch (credential.kind) {
    case 'none':
      return vscode.l10n.t('No credential needed');
    case 'missing':
      return credentialType === 'key'
        ? vscode.l10n.t('No key stored: programs send their own')
        : vscode.l10n.t('Not signed in');
    case 'refreshing':
      return vscode.l10n.t('Refreshing the token…');
    case 'expired':
      return vscode.l10n.t('Token ended {0}', ago(Date.now() - credential.expiredAt));
    case 'dead':
      return vscode.l10n.t('Sign in again');
    case 'held':
      return vscode.l10n.t('Held back: {0} is new', credential.destination);
    case 'ready': {
      const what = credentialType === 'key' ? vscode.l10n.t('Key set') : vscode.l10n.t('Token ready');
      const from = credential.from === 'environment' ? [vscode.l10n.t('from the environment')] : [];
      const end =
        credential.expiresAt === null ? [] : [vscode.l10n.t('ends {0}', ahead(credential.expiresAt - Date.now()))];
      return [what, ...from, ...end].join(', ');
    }
  }
}

/** How the API does, in a few words. */
export function healthLabel({ running, health, lastStatus, lastAt, calls }: ApiStatus): string {
  if (!running) return vscode.l10n.t('stopped');
  if (lastAt === null) return vscode.l10n.t('no calls yet');
  const when = ago(Date.now() - lastAt);
  const count = calls === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', calls);
  const last =
    health === 'failing' && lastStatus === null
      ? vscode.l10n.t('unreachable')
      : lastStatus === null
        ? ''
        : String(lastStatus);
  return [last, count, when].filter((part) => part !== '').join(' · ');
}

/** The icon that tells health by shape as well as by colour. */
export function healthIcon({ running, health, simulation }: ApiStatus): vscode.ThemeIcon {
  if (!running) return new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('disabledForeground'));
  if (simulation !== null) return new vscode.ThemeIcon('beaker', new vscode.ThemeColor('list.warningForeground'));
  switch (health) {
    case null:
      return new vscode.ThemeIcon('circle-outline');
    case 'ok':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'refused':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'failing':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
}
