import * as vscode from 'vscode';
import { ChannelError } from '../shared/channel.ts';
import type { ExchangeId } from '../shared/exchange.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { toPanelBody } from '../shared/panelBody.ts';
import type { ExchangeContent } from '../troubleshoot/exchangeReport.ts';

/** Reads all of one exchange; fails with code `not_found` where it is no longer stored. */
export async function readExchange(
  api: Pick<GatewayApi, 'exchange' | 'body'>,
  id: ExchangeId,
): Promise<ExchangeContent> {
  const [exchange, request, response] = await Promise.all([
    api.exchange(id),
    api.body(id, 'request'),
    api.body(id, 'response'),
  ]);
  if (exchange === null) throw new ChannelError('not_found', vscode.l10n.t('This call is no longer in the log.'));
  return {
    exchange,
    request: request === null ? null : toPanelBody(request),
    response: response === null ? null : toPanelBody(response),
  };
}
