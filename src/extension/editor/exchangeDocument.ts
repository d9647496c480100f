import * as vscode from 'vscode';
import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { Finding } from '../../shared/finding.ts';
import { toPanelBody } from '../../shared/panelBody.ts';
import type { GatewayApi, Side } from '../../shared/protocol.ts';
import { exchangeText } from '../../troubleshoot/exchangeReport.ts';
import { readExchange } from '../exchangeContent.ts';
import type { Gateway } from '../gatewayProcess.ts';
import type { Parts } from '../parts.ts';

const scheme = 'tollgate';
const forComparing = 'compare';
/** Under which the choice is kept, for all windows. */
const orderKey = 'ignoresHeaderOrder';

/** The exchange behind a finding as a readable document, to which diagnostics point. */
export function exchangeUri({ exchangeId, exchangeNumber }: Finding): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/exchange-${exchangeNumber}.http`, query: exchangeId });
}

/** The exchange as a document that is made for comparing. */
export function comparisonUri({ id, number }: Pick<ExchangeSummary, 'id' | 'number'>): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/exchange-${number}.http`, query: `${id}&${forComparing}` });
}

/** A body by itself, under a name by which the editor knows its language. */
export function bodyUri(id: ExchangeId, side: Side, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name}`, query: `${id}&${side}` });
}

const changed = new vscode.EventEmitter<vscode.Uri>();

/** Serves exchanges as text, redacted as they are stored. */
export function registerExchangeDocuments(gateway: Gateway, context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async ({ query }) => {
      const [id = '', view] = query.split('&');
      if (view === 'request' || view === 'response') return bodyText(await gateway.start(), id as ExchangeId, view);
      const content = await readExchange(await gateway.start(), id as ExchangeId);
      if (view !== forComparing) return exchangeText(content);
      const { comparableText } = await import('../expertise.ts');
      return comparableText(content, ignoresOrder(context));
    },
  });
}

/** JSON is laid out, since many answers are one long line; everything else stays as it is. */
async function bodyText(api: Pick<GatewayApi, 'body'>, id: ExchangeId, side: Side): Promise<string> {
  const body = await api.body(id, side);
  const text = body === null ? '' : (toPanelBody(body).text ?? '');
  if (!(body?.contentType ?? '').includes('json') || text.includes('\n')) return text;
  const { indentedJson } = await import('../expertise.ts');
  return indentedJson(text);
}

/** Lets comparisons heed the order of headers, or leave it out of account; open ones follow. */
export async function toggleHeaderOrder({ context }: Pick<Parts, 'context'>): Promise<void> {
  await context.globalState.update(orderKey, !ignoresOrder(context));
  for (const { uri } of vscode.workspace.textDocuments)
    if (uri.scheme === scheme && uri.query.endsWith(`&${forComparing}`)) changed.fire(uri);
  const message = ignoresOrder(context)
    ? vscode.l10n.t('Headers are compared whatever their order')
    : vscode.l10n.t('Headers are compared in their order');
  void vscode.window.setStatusBarMessage(message, 4000);
}

function ignoresOrder({ globalState }: vscode.ExtensionContext): boolean {
  return globalState.get(orderKey, true);
}
