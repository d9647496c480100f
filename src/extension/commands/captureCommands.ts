import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import { sessionOf } from '../../shared/origin.ts';
import type { Parts } from '../parts.ts';

interface Length extends vscode.QuickPickItem {
  readonly minutes: number | null;
}

/** Stops recording in this window, for as long as is asked for. Calls pass on as ever. */
export async function pauseCapture({ pause, gateway }: Parts, minutes: unknown): Promise<void> {
  const lengths: readonly Length[] = [
    { label: vscode.l10n.t('Until I resume it'), minutes: null },
    { label: vscode.l10n.t('For 10 minutes'), minutes: 10 },
    { label: vscode.l10n.t('For an hour'), minutes: 60 },
  ];
  const chosen =
    typeof minutes === 'number'
      ? { minutes }
      : await vscode.window.showQuickPick(lengths, {
          title: vscode.l10n.t('Pause Capture'),
          placeHolder: vscode.l10n.t('Calls pass on; nothing is recorded meanwhile'),
        });
  if (chosen === undefined) return;
  await pause.set(chosen.minutes === null ? -1 : Date.now() + chosen.minutes * 60_000);
  await settled(gateway);
}

/** Records again. */
export async function resumeCapture({ pause, gateway }: Parts): Promise<void> {
  await pause.set(null);
  await settled(gateway);
}

/** Calls go to the gateway in order, so that an answered one says that those before were done. */
async function settled(gateway: Parts['gateway']): Promise<void> {
  if (gateway.state.kind === 'running') await gateway.api.problems();
}

/** Shows in the log all calls of the run that one call belongs to, or else of its session, or of its process. */
export async function showRun(parts: Parts, id: ExchangeId | null): Promise<void> {
  const row = id === null ? await pickRun(parts) : await (await parts.gateway.start()).exchange(id);
  if (row === null) return;
  const filter = runFilter(row);
  if (filter === null)
    throw new ChannelError('no_origin', vscode.l10n.t('It is not known which program made this call.'));
  parts.panel.show({ filter });
}

/** Shows in the log all calls of one place: what a finding was before, and what became of it. */
export async function showHistory(parts: Parts, id: ExchangeId | null): Promise<void> {
  const row = id === null ? null : await (await parts.gateway.start()).exchange(id);
  if (row === null) throw new ChannelError('not_found', vscode.l10n.t('This call is no longer in the log.'));
  parts.panel.show({ filter: historyFilter(row) });
}

function runFilter({ origin }: ExchangeSummary): string | null {
  if (origin === null || origin === undefined) return null;
  if (origin.run !== null) return `run:${origin.run}`;
  if (origin.session !== null) return `session:${JSON.stringify(origin.session)}`;
  if (origin.pid !== null) return `pid:${String(origin.pid)}`;
  return origin.trace === null ? null : `trace:${origin.trace}`;
}

function historyFilter({ api, host, method, path, callSite }: ExchangeSummary): string {
  const service = api === null ? `host:${JSON.stringify(host)}` : `api:${JSON.stringify(api)}`;
  if (callSite !== null) return `${service} line:${JSON.stringify(`${callSite.file}:${String(callSite.line)}`)}`;
  return `${service} method:${method} path:${JSON.stringify(path.split('?', 1)[0] ?? '')}`;
}

interface Run extends vscode.QuickPickItem {
  readonly row: ExchangeSummary;
}

/** The newest runs, to choose from. */
async function pickRun({ traffic }: Parts): Promise<ExchangeSummary | null> {
  const runs = new Map<string, ExchangeSummary[]>();
  for (const row of traffic.rows) {
    const filter = runFilter(row);
    if (filter !== null) runs.set(filter, [...(runs.get(filter) ?? []), row]);
  }
  const items = [...runs.values()].flatMap((rows): readonly Run[] => {
    const [row] = rows;
    if (row === undefined) return [];
    const calls = rows.length === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', rows.length);
    const time = new Date(row.startedAt).toLocaleTimeString(vscode.env.language);
    const session = sessionOf(row.origin?.session);
    const label = row.origin?.program ?? session?.name ?? vscode.l10n.t('Process {0}', row.origin?.pid ?? 0);
    return [{ label, description: [session?.name ?? '', calls, time].filter((one) => one !== '').join(' · '), row }];
  });
  if (items.length === 0)
    throw new ChannelError('no_origin', vscode.l10n.t('No program has made a call yet whose run is known.'));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Show the calls of which run?') });
  return chosen?.row ?? null;
}
