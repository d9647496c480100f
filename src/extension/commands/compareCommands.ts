import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Exchange, ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import { comparisonUri } from '../editor/exchangeDocument.ts';
import type { Parts } from '../parts.ts';
import { describeExchange, pickExchange } from './logCommands.ts';

/** Calls to look back at for one to compare with. */
const lookBack = 200;

/** Opens two exchanges in the diff editor: one that is given or asked for, and another that is asked for. */
export async function compareExchanges(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickExchange(parts, vscode.l10n.t('Which call is to be compared?')));
  if (chosen === null) return;
  const api = await parts.gateway.start();
  const exchange = await found(api, chosen);
  const success = await lastSuccess(api, exchange);
  const { rows } = await api.exchanges({ filter: '', limit: lookBack });
  const items = rows
    .filter((row) => row.id !== chosen && row.state !== 'open')
    .map((row) => ({ ...describeExchange(row), row }));
  const best = success === null ? [] : [{ ...describeExchange(success), row: success }];
  type Item = vscode.QuickPickItem & { readonly row?: ExchangeSummary };
  const picked = await vscode.window.showQuickPick<Item>(
    [
      ...(best.length === 0 ? [] : [separator(vscode.l10n.t('its last success')), ...best]),
      separator(vscode.l10n.t('other calls')),
      ...items,
    ],
    {
      placeHolder: vscode.l10n.t('Compare #{0} with', exchange.number),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked?.row !== undefined) await openComparison(picked.row, exchange);
}

/** Opens an exchange beside the newest that was answered well from the same place. */
export async function compareWithSuccess(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickExchange(parts, vscode.l10n.t('Which call is to be compared?')));
  if (chosen === null) return;
  const api = await parts.gateway.start();
  const exchange = await found(api, chosen);
  const success = await lastSuccess(api, exchange);
  if (success === null)
    throw new ChannelError(
      'no_calls',
      vscode.l10n.t('No call like this one has succeeded before, as far as the log reaches.'),
    );
  await openComparison(success, exchange);
}

async function found(api: GatewayApi, id: ExchangeId): Promise<Exchange> {
  const exchange = await api.exchange(id);
  if (exchange === null) throw new ChannelError('not_found', vscode.l10n.t('This call is no longer in the log.'));
  return exchange;
}

/** The newest before it from the same line, or else of the same method and path, that was answered with success. */
async function lastSuccess(api: GatewayApi, exchange: Exchange): Promise<ExchangeSummary | null> {
  const { number: before, callSite, method, host, path } = exchange;
  const good = 'status<400';
  const quoted = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const like = `method:${method} host:${quoted(host)}`;
  const filters = [
    ...(callSite === null ? [] : [`${good} ${like} line:${quoted(`${callSite.file}:${callSite.line}`)}`]),
    `${good} ${like} path:${quoted(path.split('?', 1)[0] ?? path)}`,
  ];
  for (const filter of filters) {
    const { rows } = await api.exchanges({ filter, before, limit: 20 });
    const row = rows.find(({ diagnosis, state }) => diagnosis === null && state === 'complete');
    if (row !== undefined) return row;
  }
  return null;
}

async function openComparison(left: ExchangeSummary, right: ExchangeSummary): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.diff',
    comparisonUri(left),
    comparisonUri(right),
    vscode.l10n.t(
      '#{0} ({1}) ↔ #{2} ({3})',
      left.number,
      left.status ?? left.state,
      right.number,
      right.status ?? right.state,
    ),
  );
}

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
