import * as vscode from 'vscode';
import type { AccessBoard, LimitState, Plan } from '../../shared/access.ts';
import type { AccessNode } from '../access/accessNodes.ts';
import { limitShare, limitWords } from '../access/limitRow.ts';
import { planWords } from '../access/ownerRows.ts';
import type { Detail, Option } from './detail.ts';
import { choiceField, countField, descriptionField, durationField, moneyField, titleField } from './fields.ts';
import { fact, moment } from './subscriptionDetail.ts';
import { fileAction } from './teamDetail.ts';

/** A plan: price, quota, rate and how long a subscription on it lasts. */
export function planDetail(board: AccessBoard, plan: Plan): Detail {
  const node: AccessNode = { kind: 'plan', plan: plan.name };
  const { name, title, description, price, quota, rate, expiresMs, graceMs } = plan;
  return {
    title,
    subtitle: vscode.l10n.t('Plan · {0}', name),
    state: null,
    actions: [
      fileAction({ section: 'plans', name }),
      { label: vscode.l10n.t('Delete…'), icon: 'trash', command: 'tollgate.removeDeclaration', argument: node },
    ],
    facts: fact(vscode.l10n.t('In short'), planWords(plan).join(' · ')),
    form: {
      path: ['plans', name],
      fields: [
        titleField(title, name),
        descriptionField(description),
        countField(['quota', 'calls'], vscode.l10n.t('Quota: calls'), quota?.calls),
        countField(['quota', 'tokens'], vscode.l10n.t('Quota: tokens'), quota?.tokens),
        moneyField(['quota', 'usd'], vscode.l10n.t('Quota: US dollars'), quota?.usd),
        choiceField(['quota', 'per'], vscode.l10n.t('Quota: for how long'), quota?.per ?? 'month', periods()),
        choiceField(
          ['quota', 'status'],
          vscode.l10n.t('Quota: answer once it is used up'),
          String(quota?.status ?? 402),
          [
            { value: '402', label: '402 Payment Required' },
            { value: '429', label: '429 Too Many Requests' },
          ],
        ),
        countField(['rate', 'calls'], vscode.l10n.t('Rate: calls'), rate?.calls),
        {
          ...durationField(['rate', 'per'], vscode.l10n.t('Rate: in which time, as in 1m'), rate?.perMs ?? null),
          goesWith: { path: ['rate', 'calls'], message: vscode.l10n.t('Say how many calls, too.') },
        },
        durationField(['expires'], vscode.l10n.t('A subscription lasts, as in 30d'), expiresMs),
        durationField(
          ['grace'],
          vscode.l10n.t('Calls still pass after that for, as in 3d'),
          graceMs === 0 ? null : graceMs,
        ),
        {
          ...moneyField(['price', 'amount'], vscode.l10n.t('Price (shown; nothing is charged)'), price?.amount),
          above: -1,
          wrong: vscode.l10n.t('A number of at least 0.'),
        },
        {
          ...{ kind: 'text', path: ['price', 'currency'], label: vscode.l10n.t('Price: currency, as in EUR') },
          value: price?.currency ?? '',
          pattern: '[A-Z]{3}',
          wrong: vscode.l10n.t('Three capital letters, as in EUR.'),
          goesWith: { path: ['price', 'amount'], message: vscode.l10n.t('Say how much, too.') },
        },
        choiceField(['price', 'per'], vscode.l10n.t('Price: for how long'), price?.per ?? 'month', [
          { value: 'month', label: vscode.l10n.t('A month') },
          { value: 'year', label: vscode.l10n.t('A year') },
          { value: 'once', label: vscode.l10n.t('Once') },
        ]),
      ],
    },
    lists: [
      {
        title: vscode.l10n.t('Offered by'),
        empty: vscode.l10n.t('No API offers it yet. Name it under "access" of one.'),
        rows: board.apis.filter(({ plans }) => plans.includes(name)).map(({ api }) => ({ kind: 'offer', api })),
      },
      {
        title: vscode.l10n.t('Subscriptions'),
        empty: vscode.l10n.t('None yet.'),
        rows: board.subscriptions
          .filter((one) => one.plan === name)
          .map(({ id }) => ({ kind: 'subscription', id, place: 'queue' })),
      },
    ],
    history: null,
  };
}

/** A budget, which can be changed, or the quota of a subscription, which its plan says. */
export function limitDetail(board: AccessBoard, limit: LimitState): Detail {
  const { id, kind, source, title, measure, per, over, warnAt, reserved, resetsAt, scope } = limit;
  const isBudget = kind === 'budget';
  const node: AccessNode = { kind: 'limit', id };
  const isSpent = limit.spent + reserved >= limit.limit;
  const plan = board.subscriptions.find((one) => one.id === source)?.plan ?? null;
  return {
    title: isBudget ? title : vscode.l10n.t('Quota of {0}', title),
    subtitle: isBudget ? vscode.l10n.t('Budget · {0}', source) : vscode.l10n.t('Quota'),
    state: isSpent
      ? { label: vscode.l10n.t('used up'), tone: 'bad' }
      : limitShare(limit) >= warnAt
        ? { label: vscode.l10n.t('nearly used up'), tone: 'warning' }
        : null,
    actions: isBudget
      ? [
          fileAction(node),
          { label: vscode.l10n.t('Delete…'), icon: 'trash', command: 'tollgate.removeDeclaration', argument: node },
        ]
      : [
          {
            ...{ label: vscode.l10n.t('Renew'), icon: 'refresh', command: 'tollgate.renewSubscription' },
            argument: { id: source },
          },
        ],
    facts: [
      { label: vscode.l10n.t('Used'), value: limitWords(limit), share: limitShare(limit) },
      ...fact(vscode.l10n.t('Set aside for calls under way'), reserved === 0 ? '' : String(reserved)),
      ...fact(vscode.l10n.t('Of'), Object.values(scope).join(', ')),
      ...fact(vscode.l10n.t('Begins anew'), resetsAt === null ? '' : moment(resetsAt)),
    ],
    form: isBudget
      ? {
          path: ['budgets', source],
          fields: [
            titleField(title, source),
            {
              ...(measure === 'usd' ? moneyField : countField)(
                [measure],
                {
                  calls: vscode.l10n.t('Calls'),
                  tokens: vscode.l10n.t('Tokens'),
                  usd: vscode.l10n.t('US dollars'),
                }[measure],
                limit.limit,
              ),
              needed: vscode.l10n.t('A budget needs an amount. Delete it to have none.'),
            },
            ...(per === 'rolling' ? [] : [choiceField(['per'], vscode.l10n.t('For how long'), per, periods())]),
            choiceField(['over'], vscode.l10n.t('What happens when it is spent'), over, [
              { value: 'warn', label: vscode.l10n.t('Warn') },
              { value: 'refuse', label: vscode.l10n.t('Refuse with 402') },
            ]),
            {
              ...{ kind: 'number', path: ['warnAt'], label: vscode.l10n.t('Warn at this share of it'), step: '0.05' },
              ...{ least: 0, above: 0, most: 1, value: String(warnAt) },
              hint: vscode.l10n.t('As in 0.8'),
              wrong: vscode.l10n.t('A number above 0 and at most 1, as in 0.8.'),
            },
          ],
        }
      : null,
    lists: isBudget
      ? []
      : [
          {
            title: vscode.l10n.t('Belongs to'),
            empty: '',
            rows: [
              { kind: 'subscription', id: source, place: 'queue' },
              ...(plan === null ? [] : [{ kind: 'plan' as const, plan }]),
            ],
          },
        ],
    history: null,
  };
}

function periods(): readonly Option[] {
  return [
    { value: 'day', label: vscode.l10n.t('A day') },
    { value: 'week', label: vscode.l10n.t('A week') },
    { value: 'month', label: vscode.l10n.t('A month') },
    { value: 'total', label: vscode.l10n.t('For good') },
  ];
}
