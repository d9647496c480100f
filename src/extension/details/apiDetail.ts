import * as vscode from 'vscode';
import type { AccessBoard } from '../../shared/access.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { AccessNode } from '../access/accessNodes.ts';
import { planTitles } from '../access/ownerRows.ts';
import { credentialLabel, healthLabel } from '../views/apiLabels.ts';
import type { Action, Detail, Field } from './detail.ts';
import { titleField } from './fields.ts';
import { fact } from './subscriptionDetail.ts';
import { childrenList, fileAction } from './teamDetail.ts';

/** An API: where it is, who may call it and on which terms, and which versions are out. */
export function apiDetail(board: AccessBoard, api: ApiStatus): Detail {
  const { name, title, url, upstream, lifecycle, credentialType } = api;
  const node: AccessNode = { kind: 'offer', api: name };
  const offer = board.apis.find((one) => one.api === name);
  const action = (label: string, icon: string, command: string): Action => ({ label, icon, command, argument: name });
  const settable = credentialType === 'key' || credentialType === 'oauth2';
  const current = lifecycle?.versions.find(({ version }) => version === lifecycle.current);
  return {
    title,
    subtitle: vscode.l10n.t('API · {0}', name),
    state: api.running ? null : { label: vscode.l10n.t('stopped'), tone: 'warning' },
    actions: [
      action(vscode.l10n.t('Show Calls'), 'list-flat', 'tollgate.showCalls'),
      action(vscode.l10n.t('Copy URL'), 'copy', 'tollgate.copyUrl'),
      ...(settable ? [action(vscode.l10n.t('Set Credential…'), 'key', 'tollgate.setCredential')] : []),
      offer === undefined
        ? action(vscode.l10n.t('Require Subscriptions…'), 'lock', 'tollgate.requireSubscriptions')
        : action(vscode.l10n.t('Open to Everyone…'), 'unlock', 'tollgate.openToEveryone'),
      lifecycle === undefined
        ? action(vscode.l10n.t('Import OpenAPI…'), 'cloud-download', 'tollgate.importOpenApi')
        : action(vscode.l10n.t('Open Draft'), 'edit', 'tollgate.openDraft'),
      ...(lifecycle?.draftState === 'changed' || lifecycle?.draftState === 'unpublished'
        ? [action(vscode.l10n.t('Publish'), 'rocket', 'tollgate.publishApi')]
        : []),
      fileAction({ section: 'apis', name }),
    ],
    facts: [
      { label: vscode.l10n.t('URL'), value: url },
      { label: vscode.l10n.t('Goes to'), value: upstream },
      { label: vscode.l10n.t('Calls'), value: healthLabel(api) },
      { label: vscode.l10n.t('Credential'), value: credentialLabel(api) },
      {
        label: vscode.l10n.t('Access'),
        value:
          offer === undefined
            ? vscode.l10n.t('open to every program on this machine')
            : offer.subscription === 'manual'
              ? vscode.l10n.t('subscribed applications; a person approves')
              : vscode.l10n.t('subscribed applications; all are approved at once'),
      },
      ...fact(vscode.l10n.t('Plans'), planTitles(board, offer?.plans ?? []).join(', ')),
      ...fact(vscode.l10n.t('Version in force'), lifecycle?.current ?? ''),
      ...fact(vscode.l10n.t('On its way out'), current?.state === 'deprecated' ? vscode.l10n.t('deprecated') : ''),
    ],
    form: { path: ['apis', name], fields: fieldsOf(board, api, offer) },
    lists:
      offer === undefined
        ? []
        : [
            childrenList(
              board,
              node,
              'subscription',
              vscode.l10n.t('Subscribers'),
              vscode.l10n.t('None yet. An application asks with "Request Subscription…".'),
            ),
            {
              title: vscode.l10n.t('Offered by'),
              empty: vscode.l10n.t('No team in particular.'),
              rows: offer.owner === null ? [] : [{ kind: 'team', team: offer.owner }],
            },
          ],
    history: { api: name, limit: 30 },
  };
}

function fieldsOf(
  { teams, plans }: AccessBoard,
  { title, name }: ApiStatus,
  offer: AccessBoard['apis'][number] | undefined,
): readonly Field[] {
  const teamOptions = teams.map((one) => ({ value: one.name, label: one.title }));
  const text = titleField(title, name);
  if (offer === undefined) return [text];
  return [
    text,
    {
      ...{ kind: 'choice', path: ['access', 'subscription'], label: vscode.l10n.t('Subscriptions') },
      value: offer.subscription,
      options: [
        { value: 'manual', label: vscode.l10n.t('A person approves each') },
        { value: 'auto', label: vscode.l10n.t('All are approved at once') },
      ],
    },
    {
      ...{ kind: 'choices', path: ['access', 'plans'], label: vscode.l10n.t('Plans to choose from') },
      value: offer.plans,
      options: plans.map((one) => ({ value: one.name, label: one.title })),
    },
    {
      ...{ kind: 'choices', path: ['access', 'teams'], label: vscode.l10n.t('Teams that may subscribe') },
      hint: vscode.l10n.t('All, where none is chosen.'),
      value: offer.teams ?? [],
      options: teamOptions,
    },
    {
      ...{ kind: 'choice', path: ['access', 'owner'], label: vscode.l10n.t('Offered by') },
      value: offer.owner ?? '',
      options: [{ value: '', label: vscode.l10n.t('No team') }, ...teamOptions],
    },
  ];
}
