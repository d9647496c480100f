import * as vscode from 'vscode';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { Finding } from '../../shared/finding.ts';
import { readExchange } from '../exchangeContent.ts';
import { exchangeText } from '../../troubleshoot/exchangeReport.ts';
import type { Gateway } from '../gatewayProcess.ts';

const scheme = 'tollgate';

/** The exchange behind a finding as a readable document, to which diagnostics point. */
export function exchangeUri({ exchangeId, exchangeNumber }: Finding): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/exchange-${exchangeNumber}.http`, query: exchangeId });
}

/** Serves exchanges as text, redacted as they are stored. */
export function registerExchangeDocuments(gateway: Gateway): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ query }) =>
      exchangeText(await readExchange(await gateway.start(), query as ExchangeId)),
  });
}
