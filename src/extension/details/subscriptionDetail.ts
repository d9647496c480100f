import * as vscode from 'vscode';
import type { AccessBoard, AccessKey, Subscription } from '../../shared/access.ts';
import type { AccessNode } from '../access/accessNodes.ts';
import { keyStateWords } from '../access/keyRow.ts';
import { planTitles } from '../access/ownerRows.ts';
import { stateWords, subscriptionTitles } from '../access/subscriptionRow.ts';
import type { Action, Detail, Fact } from './detail.ts';
import { childrenList } from './teamDetail.ts';

/** A subscription: who asked what for, who decided and why, and how far its quota is used. */
export function subscriptionDetail(board: AccessBoard, subscription: Subscription): Detail {
  const { id, plan, state, reason, requestedBy, requestedAt, decidedBy, decidedAt, opinion } = subscription;
  const { application, api } = subscriptionTitles(board, subscription);
  const node: AccessNode = { kind: 'subscription', id, place: 'application' };
  return {
    title: vscode.l10n.t('{0} → {1}', application, api),
    subtitle: vscode.l10n.t('Subscription · {0}', id),
    state: { label: stateLabel(state), tone: tones[state] },
    actions: decisions(board, subscription, node),
    facts: [
      ...fact(vscode.l10n.t('Plan'), planTitles(board, plan === null ? [] : [plan]).join('')),
      ...fact(vscode.l10n.t('Now'), stateWords(subscription).join(' · ')),
      { label: vscode.l10n.t('Requested'), value: vscode.l10n.t('{0} by {1}', moment(requestedAt), requestedBy) },
      ...fact(vscode.l10n.t('What for'), reason ?? ''),
      ...(decidedAt === null
        ? []
        : [
            { label: vscode.l10n.t('Decided'), value: vscode.l10n.t('{0} by {1}', moment(decidedAt), decidedBy ?? '') },
          ]),
      ...fact(vscode.l10n.t('Why'), opinion ?? ''),
      ...fact(vscode.l10n.t('Ends'), subscription.expiresAt === null ? '' : moment(subscription.expiresAt)),
    ],
    form: null,
    lists: [
      childrenList(
        board,
        node,
        'limit',
        vscode.l10n.t('Quota'),
        vscode.l10n.t('None: it may make any number of calls.'),
      ),
      {
        title: vscode.l10n.t('Belongs to'),
        empty: '',
        rows: [
          { kind: 'application', application: subscription.application },
          { kind: 'offer', api: subscription.api },
        ],
      },
    ],
    history: { subject: id, limit: 30 },
  };
}

/** A key: what it opens, until when, when it was last used. */
export function keyDetail(board: AccessBoard, key: AccessKey): Detail {
  const { id, name, hint, application, state, apis, methods, createdAt, createdBy, expiresAt, lastUsedAt } = key;
  const node: AccessNode = { kind: 'key', id };
  const action = (label: string, icon: string, command: string): Action => ({ label, icon, command, argument: node });
  return {
    title: name,
    subtitle: vscode.l10n.t('Key · {0}', id),
    state: {
      label: { active: vscode.l10n.t('active'), expired: vscode.l10n.t('expired'), revoked: vscode.l10n.t('revoked') }[
        state
      ],
      tone: state === 'active' ? 'good' : 'bad',
    },
    actions:
      state === 'revoked'
        ? []
        : [
            action(vscode.l10n.t('Rotate…'), 'sync', 'tollgate.rotateKey'),
            action(vscode.l10n.t('Set Budget…'), 'graph-line', 'tollgate.setLimit'),
            action(vscode.l10n.t('Revoke…'), 'circle-slash', 'tollgate.revokeKey'),
          ],
    facts: [
      { label: vscode.l10n.t('Begins and ends with'), value: hint },
      ...fact(vscode.l10n.t('Now'), keyStateWords(key).join(' · ')),
      {
        label: vscode.l10n.t('Opens'),
        value: apis === null ? vscode.l10n.t('every API of its application') : apis.join(', '),
      },
      { label: vscode.l10n.t('Methods'), value: methods === null ? vscode.l10n.t('all') : methods.join(', ') },
      { label: vscode.l10n.t('Made'), value: vscode.l10n.t('{0} by {1}', moment(createdAt), createdBy) },
      { label: vscode.l10n.t('Ends'), value: expiresAt === null ? vscode.l10n.t('never') : moment(expiresAt) },
      { label: vscode.l10n.t('Last used'), value: lastUsedAt === null ? vscode.l10n.t('never') : moment(lastUsedAt) },
    ],
    form: null,
    lists: [
      { title: vscode.l10n.t('Belongs to'), empty: '', rows: [{ kind: 'application', application }] },
      childrenList(board, node, 'limit', vscode.l10n.t('Budgets'), vscode.l10n.t('None of its own.')),
    ],
    history: { subject: id, limit: 30 },
  };
}

/** A fact, where there is anything to say. */
export function fact(label: string, value: string): readonly Fact[] {
  return value === '' ? [] : [{ label, value }];
}

/** A moment in the person's own way of writing. */
export function moment(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString();
}

const tones: Readonly<Record<Subscription['state'], 'good' | 'warning' | 'bad' | 'quiet'>> = {
  requested: 'warning',
  approved: 'good',
  active: 'good',
  suspended: 'warning',
  rejected: 'bad',
  expired: 'bad',
  cancelled: 'quiet',
};

/** A state of a subscription, as people call it. */
function stateLabel(state: Subscription['state']): string {
  switch (state) {
    case 'requested':
      return vscode.l10n.t('waits for approval');
    case 'approved':
      return vscode.l10n.t('approved');
    case 'active':
      return vscode.l10n.t('active');
    case 'suspended':
      return vscode.l10n.t('suspended');
    case 'rejected':
      return vscode.l10n.t('rejected');
    case 'expired':
      return vscode.l10n.t('ended');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
  }
}

function decisions(board: AccessBoard, { state, api, application }: Subscription, node: AccessNode): readonly Action[] {
  const action = (label: string, icon: string, command: string): Action => ({ label, icon, command, argument: node });
  const approve = action(vscode.l10n.t('Approve'), 'check', 'tollgate.approveSubscription');
  const reject = action(vscode.l10n.t('Reject…'), 'close', 'tollgate.rejectSubscription');
  const renew = action(vscode.l10n.t('Renew'), 'refresh', 'tollgate.renewSubscription');
  const suspend = action(vscode.l10n.t('Suspend…'), 'debug-pause', 'tollgate.suspendSubscription');
  const resume = action(vscode.l10n.t('Resume'), 'debug-start', 'tollgate.resumeSubscription');
  const cancel = action(vscode.l10n.t('Cancel…'), 'trash', 'tollgate.cancelSubscription');
  const several = (board.apis.find((one) => one.api === api)?.plans.length ?? 0) > 1;
  const change = several ? [action(vscode.l10n.t('Change Plan…'), 'arrow-swap', 'tollgate.changePlan')] : [];
  const again: Action = {
    ...{ label: vscode.l10n.t('Request Again…'), icon: 'plug', command: 'tollgate.requestSubscription' },
    argument: { application, api },
  };
  switch (state) {
    case 'requested':
      return [approve, reject, cancel];
    case 'approved':
      return [suspend, cancel];
    case 'active':
      return [renew, ...change, suspend, cancel];
    case 'suspended':
      return [resume, cancel];
    case 'expired':
      return [renew, ...change, cancel];
    case 'rejected':
    case 'cancelled':
      return [again];
  }
}
