import * as vscode from 'vscode';
import type { AuditEntry } from '../../shared/access.ts';
import type { AuditQuery } from '../../shared/accessApi.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import type { HistoryLine } from './detailHtml.ts';

/** What the audit trail says, the last first; nothing where it cannot be read. */
export async function historyOf(
  gateway: Pick<GatewayApi, 'accessAudit'>,
  query: AuditQuery,
): Promise<readonly HistoryLine[]> {
  const entries = await gateway.accessAudit(query).catch((): readonly AuditEntry[] => []);
  return entries.map(({ at, by, action, application, api, detail }) => ({
    when: new Date(at).toLocaleString(),
    what: [
      `${actionWords(action)} · ${by}`,
      ...(application === null || api === null ? [] : [vscode.l10n.t('{0} → {1}', application, api)]),
      ...(detail === null || detail === '' ? [] : [detail]),
    ].join(' · '),
  }));
}

function actionWords(action: AuditEntry['action']): string {
  switch (action) {
    case 'subscription.requested':
      return vscode.l10n.t('Subscription requested');
    case 'subscription.approved':
      return vscode.l10n.t('Subscription approved');
    case 'subscription.rejected':
      return vscode.l10n.t('Subscription rejected');
    case 'subscription.renewed':
      return vscode.l10n.t('Subscription renewed');
    case 'subscription.suspended':
      return vscode.l10n.t('Subscription suspended');
    case 'subscription.resumed':
      return vscode.l10n.t('Subscription resumed');
    case 'subscription.cancelled':
      return vscode.l10n.t('Subscription cancelled');
    case 'key.issued':
      return vscode.l10n.t('Key issued');
    case 'key.rotated':
      return vscode.l10n.t('Key rotated');
    case 'key.revoked':
      return vscode.l10n.t('Key revoked');
    case 'token.issued':
      return vscode.l10n.t('Token issued');
    case 'teamToken.issued':
      return vscode.l10n.t('Team’s token issued');
    case 'teamToken.revoked':
      return vscode.l10n.t('Team’s token revoked');
    case 'catalogue.declared':
      return vscode.l10n.t('Declared');
    case 'catalogue.removed':
      return vscode.l10n.t('Deleted');
    case 'state.imported':
      return vscode.l10n.t('State imported');
  }
}
