import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Exchange, ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { exchangeReport, type ReportOrigin } from '../../troubleshoot/exchangeReport.ts';
import { readExchange } from '../exchangeContent.ts';
import { deleteCopies } from './openedCopies.ts';

/** Opens the log at one exchange. */
export function showExchange({ panel }: Parts, id: ExchangeId): void {
  panel.show({ id });
}

/** Sends an exchange again and tells how it was answered. Without an id, asks which. */
export async function replay(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickExchange(parts, vscode.l10n.t('Which call is to be sent again?')));
  if (chosen === null) return;
  await tellReplay(parts, await sendAgain(parts, chosen));
}

/** Sends an exchange again, with progress. @returns how it was answered. */
export async function sendAgain({ gateway }: Parts, id: ExchangeId): Promise<Exchange | null> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Sending the call again…') },
    async () => {
      const api = await gateway.start();
      return api.exchange(await api.replay(id));
    },
  );
}

/** Tells how a call that was sent again was answered; resolves once that was waved away. */
export async function tellReplay(parts: Parts, answer: Exchange | null): Promise<void> {
  if (answer === null) return;
  const show = vscode.l10n.t('Show in Log');
  const outcome = replayOutcome(answer);
  const pressed =
    answer.diagnosis === null && answer.failure === null
      ? await vscode.window.showInformationMessage(outcome, show)
      : await vscode.window.showWarningMessage(outcome, show);
  if (pressed === show) showExchange(parts, answer.id);
}

/** Puts a redacted report of an exchange on the clipboard. Without an id, asks which. */
export async function copyReport(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickExchange(parts, vscode.l10n.t('Which call is the report to be about?')));
  if (chosen === null) return;
  const content = await readExchange(await parts.gateway.start(), chosen);
  await vscode.env.clipboard.writeText(exchangeReport(content, reportOrigin(parts, chosen)));
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Report copied, secrets redacted'), 4000);
}

/** What a report about an exchange says of where it was made. */
export function reportOrigin({ context, traffic }: Parts, id: ExchangeId): ReportOrigin {
  return {
    account: traffic.findings.find(({ exchangeId }) => exchangeId === id)?.account ?? null,
    tollgate: (context.extension.packageJSON as { readonly version: string }).version,
    editor: `${vscode.env.appName} ${vscode.version}`,
    system: `${process.platform} ${process.arch}`,
    now: Date.now(),
  };
}

/** Asks whether to, and empties the log. */
export async function clearLog(parts: Parts): Promise<void> {
  const api = await parts.gateway.start();
  const clear = vscode.l10n.t('Clear Log');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete all recorded calls of this workspace?'),
    { modal: true, detail: vscode.l10n.t('Their heads, bodies and findings are deleted for good.') },
    clear,
  );
  if (pressed !== clear) return;
  await api.clear();
  await deleteCopies(parts.context, true);
}

/** Asks for one of the newest calls; null where that was waved away. Fails with `no_calls` where there is none. */
export async function pickExchange({ traffic }: Parts, placeHolder: string): Promise<ExchangeId | null> {
  const rows = traffic.rows.filter(({ state }) => state !== 'open');
  if (rows.length === 0)
    throw new ChannelError('no_calls', vscode.l10n.t('No call has been recorded yet. Run a program that makes one.'));
  const picked = await vscode.window.showQuickPick(
    rows.map((row) => ({ ...describeExchange(row), id: row.id })),
    { placeHolder, matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.id ?? null;
}

/** A call as a list shows it. */
export function describeExchange(row: ExchangeSummary): vscode.QuickPickItem {
  return {
    label: `#${row.number} ${row.method} ${row.path}`,
    description: `${row.status ?? row.state} · ${row.api ?? row.host}`,
    ...(row.diagnosis === null ? {} : { detail: localise(row.diagnosis.summary) }),
  };
}

function replayOutcome(answer: NonNullable<Awaited<ReturnType<Parts['gateway']['api']['exchange']>>>): string {
  if (answer.failure !== null) return `${answer.failure.message} ${answer.failure.hint}`;
  if (answer.diagnosis !== null)
    return vscode.l10n.t('Still refused with {0}. {1}', answer.status ?? '-', localise(answer.diagnosis.summary));
  return vscode.l10n
    .t('Answered with {0} {1}.', answer.status ?? '-', answer.response?.reason ?? '')
    .replace(' .', '.');
}
