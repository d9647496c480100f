import * as vscode from 'vscode';
import type { AccessBoard, Application, Team } from '../../shared/access.ts';
import { accessChildren, type AccessNode } from '../access/accessNodes.ts';
import type { Detail, List } from './detail.ts';
import { descriptionField, titleField } from './fields.ts';

/** A team: its name and members, applications, APIs and budgets. */
export function teamDetail(board: AccessBoard, team: Team): Detail {
  const node: AccessNode = { kind: 'team', team: team.name };
  const { name, title, description, members } = team;
  return {
    title,
    subtitle: vscode.l10n.t('Team · {0}', name),
    state: null,
    actions: [
      {
        label: vscode.l10n.t('Create Application…'),
        icon: 'add',
        command: 'tollgate.createApplication',
        argument: node,
      },
      { label: vscode.l10n.t('Set Budget…'), icon: 'graph-line', command: 'tollgate.setLimit', argument: node },
      fileAction(node),
      { label: vscode.l10n.t('Delete…'), icon: 'trash', command: 'tollgate.removeDeclaration', argument: node },
    ],
    facts: [],
    form: {
      path: ['teams', name],
      fields: [
        titleField(title, name),
        descriptionField(description),
        {
          kind: 'list',
          path: ['members'],
          label: vscode.l10n.t('Members'),
          hint: vscode.l10n.t('Mail addresses or names, with commas between them'),
          value: members.join(', '),
        },
      ],
    },
    lists: [
      childrenList(board, node, 'application', vscode.l10n.t('Applications'), vscode.l10n.t('None yet.')),
      childrenList(board, node, 'offer', vscode.l10n.t('APIs that it offers'), vscode.l10n.t('None.')),
      childrenList(board, node, 'limit', vscode.l10n.t('Budgets'), vscode.l10n.t('None: it may use what it likes.')),
    ],
    history: null,
  };
}

/** An application: whose it is, what it may call, with which keys. */
export function applicationDetail(board: AccessBoard, application: Application): Detail {
  const { name, title, team, description, contact, disabled } = application;
  const node: AccessNode = { kind: 'application', application: name };
  const action = (label: string, icon: string, command: string) => ({ label, icon, command, argument: node });
  return {
    title,
    subtitle: vscode.l10n.t('Application · {0}', name),
    state: disabled ? { label: vscode.l10n.t('switched off'), tone: 'bad' } : null,
    actions: [
      action(vscode.l10n.t('Request Subscription…'), 'plug', 'tollgate.requestSubscription'),
      action(vscode.l10n.t('Issue Key…'), 'key', 'tollgate.issueKey'),
      action(vscode.l10n.t('Set Budget…'), 'graph-line', 'tollgate.setLimit'),
      fileAction(node),
      disabled
        ? action(vscode.l10n.t('Switch On'), 'debug-start', 'tollgate.switchApplicationOn')
        : action(vscode.l10n.t('Switch Off'), 'circle-slash', 'tollgate.switchApplicationOff'),
      action(vscode.l10n.t('Delete…'), 'trash', 'tollgate.removeDeclaration'),
    ],
    facts: [],
    form: {
      path: ['applications', name],
      fields: [
        titleField(title, name),
        {
          kind: 'choice',
          path: ['team'],
          label: vscode.l10n.t('Team'),
          hint: vscode.l10n.t('Its keys, subscriptions and usage count there.'),
          value: team,
          options: board.teams.map((one) => ({ value: one.name, label: one.title })),
        },
        descriptionField(description),
        {
          kind: 'text',
          path: ['contact'],
          label: vscode.l10n.t('Contact'),
          hint: vscode.l10n.t('Whom to ask about it'),
          value: contact ?? '',
          longest: 200,
          wrong: vscode.l10n.t('At most {0} characters.', 200),
        },
        {
          kind: 'check',
          path: ['disabled'],
          label: vscode.l10n.t('Switched off: all of its keys are refused for now'),
          value: disabled,
        },
      ],
    },
    lists: [
      childrenList(
        board,
        node,
        'subscription',
        vscode.l10n.t('Subscriptions'),
        vscode.l10n.t('None yet: it can call only what is open to everyone.'),
      ),
      childrenList(board, node, 'key', vscode.l10n.t('Keys'), vscode.l10n.t('None yet.')),
      childrenList(board, node, 'limit', vscode.l10n.t('Budgets'), vscode.l10n.t('None of its own.')),
    ],
    history: { application: name, limit: 30 },
  };
}

/** What of one kind is under a node of the tree. */
export function childrenList(
  board: AccessBoard,
  node: AccessNode,
  kind: AccessNode['kind'],
  title: string,
  empty: string,
): List {
  return { title, empty, rows: accessChildren(board, node).filter((one) => one.kind === kind) };
}

/** Leads to where it is declared. */
export function fileAction(argument: unknown): Detail['actions'][number] {
  return {
    label: vscode.l10n.t('Open in tollgate.jsonc'),
    icon: 'go-to-file',
    command: 'tollgate.revealDeclaration',
    argument,
  };
}
