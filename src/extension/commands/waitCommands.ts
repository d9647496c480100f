import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { Parts } from '../parts.ts';

/** Sends a call again at the time that its refusal names. Without an exchange, the newest finding that names one. */
export function waitAndReplay({ traffic, replays }: Parts, id: ExchangeId | null, at: unknown): void {
  const now = Date.now();
  if (id !== null && typeof at === 'number') {
    begin(replays, id, at);
    return;
  }
  const waiting = traffic.findings.find(({ diagnosis: { retry }, exchangeId, lastAt }) => {
    const due = retry.helps && retry.afterSeconds !== null ? lastAt + retry.afterSeconds * 1000 : 0;
    return (id === null || exchangeId === id) && due > now;
  });
  if (waiting === undefined)
    throw new ChannelError('no_time', vscode.l10n.t('No open refusal says when to come back.'));
  begin(replays, waiting.exchangeId, waiting.lastAt + (waiting.diagnosis.retry.afterSeconds ?? 0) * 1000);
}

/** Cancels a wait; where there are several, asks which. */
export async function cancelWait({ replays, traffic }: Parts): Promise<void> {
  const { pending } = replays;
  const [only] = pending;
  if (only === undefined) throw new ChannelError('no_wait', vscode.l10n.t('No call waits to be sent again.'));
  const labelOf = (id: ExchangeId): string => {
    const row = traffic.rows.find((one) => one.id === id);
    return row === undefined ? vscode.l10n.t('A call') : `#${row.number} ${row.method} ${row.path}`;
  };
  const picked =
    pending.length === 1
      ? { id: only.id }
      : await vscode.window.showQuickPick(
          pending.map(({ id, at }) => ({
            ...{ label: labelOf(id), id },
            description: new Date(at).toLocaleTimeString(vscode.env.language),
          })),
          { placeHolder: vscode.l10n.t('Which wait is to be cancelled?') },
        );
  if (picked === undefined) return;
  replays.cancel(picked.id);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(circle-slash) The call is not sent again'), 4000);
}

function begin(replays: Parts['replays'], id: ExchangeId, at: number): void {
  replays.add(id, at);
  const time = new Date(at).toLocaleTimeString(vscode.env.language);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(watch) The call is sent again at {0}', time), 4000);
}
