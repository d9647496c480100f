import * as vscode from 'vscode';
import type { AccessBoard, LimitState } from '../../shared/access.ts';
import { formatUsd } from '../../shared/money.ts';
import { themed, type Row } from './rowItem.ts';

/** A budget or a quota, with a bar. */
export function limitRow(board: AccessBoard, id: string): Row | undefined {
  const found = board.limits.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const { kind, title, measure, limit, spent, reserved, over, warnAt, resetsAt } = found;
  const share = limitShare(found);
  const words = limitWords(found);
  const isSpent = spent + reserved >= limit;
  return {
    label: kind === 'quota' ? vscode.l10n.t('Quota of {0}', title) : title,
    description: `${bar(share)} ${words}`,
    spoken: `${words}, ${String(Math.round(share * 100))} %`,
    icon: isSpent
      ? themed('error', 'list.errorForeground')
      : share >= warnAt
        ? themed('warning', 'list.warningForeground')
        : new vscode.ThemeIcon('graph-line'),
    context: `limit.${kind}`,
    state: vscode.TreeItemCollapsibleState.None,
    tooltip: [
      words,
      reserved === 0 ? '' : vscode.l10n.t('{0} of it is set aside for calls under way', amountWords(reserved, measure)),
      over === 'refuse' ? vscode.l10n.t('Then calls are refused') : vscode.l10n.t('Then a warning'),
      resetsAt === null ? '' : vscode.l10n.t('Begins anew {0}', new Date(resetsAt).toLocaleString()),
    ],
    opens: true,
  };
}

/** How much of it is used, from 0 to 1. */
export function limitShare({ limit, spent, reserved }: LimitState): number {
  return Math.min(1, limit === 0 ? 1 : (spent + reserved) / limit);
}

/** As in `2 of 10 calls today`. */
export function limitWords({ measure, limit, spent, reserved, per }: LimitState): string {
  const unit = { calls: vscode.l10n.t('calls'), tokens: vscode.l10n.t('tokens'), usd: 'USD' }[measure];
  const period = {
    day: vscode.l10n.t('today'),
    week: vscode.l10n.t('this week'),
    month: vscode.l10n.t('this month'),
    rolling: vscode.l10n.t('lately'),
    total: '',
  }[per];
  const words = vscode.l10n.t(
    '{0} of {1} {2}',
    amountWords(spent + reserved, measure),
    amountWords(limit, measure),
    unit,
  );
  return [words, period].filter((one) => one !== '').join(' ');
}

function amountWords(value: number, measure: LimitState['measure']): string {
  return measure === 'usd' ? formatUsd(value) : value.toLocaleString();
}

/** As in `▰▰▱▱▱`; screen readers get words instead. */
function bar(share: number): string {
  const full = share === 0 ? 0 : Math.max(1, Math.floor(share * 5));
  return '▰'.repeat(full) + '▱'.repeat(5 - full);
}
