import * as vscode from 'vscode';
import type { AccessBoard, LimitState, Plan } from '../../shared/access.ts';
import type { AccessNode } from '../access/accessNodes.ts';
import { limitShare, limitWords } from '../access/limitRow.ts';
import { planWords } from '../access/ownerRows.ts';
import type { Detail, Field, Option } from './detail.ts';
import { fact, moment } from './subscriptionDetail.ts';
import { fileAction } from './teamDetail.ts';

/** A plan: price, quota, rate and how long a subscription on it lasts. */
export function planDetail(board: AccessBoard, plan: Plan): Detail {
  const node: AccessNode = { kind: 'plan', plan: plan.name };
  const { name, title, description, price, quota, rate, expiresMs, graceMs } = plan;
  const number = (path: readonly string[], label: string, value: number | null | undefined, step = '1'): Field => ({
    ...{ kind: 'number', path, label, step },
    value: value == null ? '' : String(value),
  });
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
        { kind: 'text', path: ['title'], label: vscode.l10n.t('Title'), value: title === name ? '' : title },
        { kind: 'area', path: ['description'], label: vscode.l10n.t('Description'), value: description ?? '' },
        number(['quota', 'calls'], vscode.l10n.t('Quota: calls'), quota?.calls),
        number(['quota', 'tokens'], vscode.l10n.t('Quota: tokens'), quota?.tokens),
        number(['quota', 'usd'], vscode.l10n.t('Quota: US dollars'), quota?.usd, 'any'),
        choice(['quota', 'per'], vscode.l10n.t('Quota: for how long'), quota?.per ?? 'month', periods()),
        choice(['quota', 'status'], vscode.l10n.t('Quota: answer once it is used up'), String(quota?.status ?? 402), [
          { value: '402', label: '402 Payment Required' },
          { value: '429', label: '429 Too Many Requests' },
        ]),
        number(['rate', 'calls'], vscode.l10n.t('Rate: calls'), rate?.calls),
        duration(['rate', 'per'], vscode.l10n.t('Rate: in which time, as in 1m'), rate?.perMs ?? null),
        duration(['expires'], vscode.l10n.t('A subscription lasts, as in 30d'), expiresMs),
        duration(['grace'], vscode.l10n.t('Calls still pass after that for, as in 3d'), graceMs === 0 ? null : graceMs),
        number(['price', 'amount'], vscode.l10n.t('Price (shown; nothing is charged)'), price?.amount, 'any'),
        {
          kind: 'text',
          path: ['price', 'currency'],
          label: vscode.l10n.t('Price: currency, as in EUR'),
          value: price?.currency ?? '',
          pattern: '[A-Z]{3}',
        },
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
            { kind: 'text', path: ['title'], label: vscode.l10n.t('Title'), value: title === source ? '' : title },
            {
              ...{ kind: 'number', path: [measure], step: measure === 'usd' ? 'any' : '1' },
              label: {
                calls: vscode.l10n.t('Calls'),
                tokens: vscode.l10n.t('Tokens'),
                usd: vscode.l10n.t('US dollars'),
              }[measure],
              value: String(limit.limit),
            },
            ...(per === 'rolling' ? [] : [choice(['per'], vscode.l10n.t('For how long'), per, periods())]),
            choice(['over'], vscode.l10n.t('What happens when it is spent'), over, [
              { value: 'warn', label: vscode.l10n.t('Warn') },
              { value: 'refuse', label: vscode.l10n.t('Refuse with 402') },
            ]),
            {
              ...{ kind: 'number', path: ['warnAt'], label: vscode.l10n.t('Warn at this share of it'), step: '0.05' },
              hint: vscode.l10n.t('As in 0.8'),
              value: String(warnAt),
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

function choice(path: readonly string[], label: string, value: string, options: readonly Option[]): Field {
  return { kind: 'choice', path, label, value, options };
}

function duration(path: readonly string[], label: string, milliseconds: number | null): Field {
  return { kind: 'text', path, label, value: durationText(milliseconds), pattern: '[1-9]\\d{0,5}[smhdw]' };
}

/** The largest unit that says it in whole numbers. */
function durationText(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  for (const [unit, length] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const)
    if (milliseconds % length === 0) return `${String(milliseconds / length)}${unit}`;
  return '';
}

function periods(): readonly Option[] {
  return [
    { value: 'day', label: vscode.l10n.t('A day') },
    { value: 'week', label: vscode.l10n.t('A week') },
    { value: 'month', label: vscode.l10n.t('A month') },
    { value: 'total', label: vscode.l10n.t('For good') },
  ];
}
