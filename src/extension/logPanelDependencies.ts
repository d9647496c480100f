import { Uri } from 'vscode';
import type { ExchangeId, ExchangeSummary } from '../shared/exchange.ts';
import type { Finding } from '../shared/finding.ts';
import type { PanelAction } from '../shared/panel.ts';
import { addApi } from './commands/catalogueCommands.ts';
import { clearLog, copyReport } from './commands/logCommands.ts';
import { runStepAction } from './commands/troubleshootCommands.ts';
import type * as desk from './desk.ts';
import { accountMessage } from './findings.ts';
import { findingOf } from './findingBook.ts';
import { offerRemedies, runRemedy, sourceOf } from './findingRemedies.ts';
import { localise } from './localise.ts';
import type { Parts } from './parts.ts';
import { revealCallSite } from './reveal.ts';
import { openSavedFilters } from './savedFilters.ts';
import { withEditorPath } from './sourcePath.ts';
import type { LogPanelDependencies } from './views/logPanel.ts';

type Desk = typeof desk;

const actions: Readonly<Record<PanelAction, (desk: Desk, parts: Parts, id: ExchangeId) => Promise<void>>> = {
  copyRequestAs: (desk, parts, id) => desk.copyRequestAs(parts, id),
  editRequest: (desk, parts, id) => desk.editRequest(parts, id),
  compareExchanges: (desk, parts, id) => desk.compareExchanges(parts, id),
  openRequestBody: (desk, parts, id) => desk.openBody(parts, id, 'request'),
  openResponseBody: (desk, parts, id) => desk.openBody(parts, id, 'response'),
  saveRequestBody: (desk, parts, id) => desk.saveBody(parts, id, 'request'),
  saveResponseBody: (desk, parts, id) => desk.saveBody(parts, id, 'response'),
};

/** What the log panel needs of the other parts. They are asked for late, since the panel is one of them. */
export function logPanelDependencies(core: Omit<Parts, 'panel'>, parts: () => Parts): LogPanelDependencies {
  const { gateway, traffic, callSites } = core;
  return {
    gateway: () => (gateway.state.kind === 'running' ? gateway.api : null),
    onRows: traffic.onDidChangeRows,
    onCleared: traffic.onDidClear,
    onGatewayChanged: (listener, thisArgs, disposables) =>
      gateway.onDidChangeState(
        ({ kind }) => void listener.call(thisArgs, { running: kind === 'running' }),
        undefined,
        disposables,
      ),
    configured: () => traffic.apis.length > 0,
    account: (exchange) => {
      const account = currentFinding(core, exchange)?.account;
      return account === undefined ? null : accountMessage(account);
    },
    protoFor: async (id, side, contentType) => {
      if (!/grpc|protobuf/i.test(contentType ?? '') || gateway.state.kind !== 'running') return null;
      const exchange = await gateway.api.exchange(id);
      const { protoFor } = await import('./desk.ts');
      const end = side === 'request' || side === 'clientRequest' ? 'request' : 'response';
      return exchange === null ? null : protoFor(exchange, end, core.context.subscriptions);
    },
    fixes: async (exchange) => {
      const finding = currentFinding(core, exchange);
      if (finding === null) return [];
      const offered = await offerRemedies(core, finding, await sourceOf(finding));
      // The panel shows the call already, and has a tab and buttons of its own for the others.
      return offered
        .filter(
          (remedy) =>
            remedy.kind !== 'call' || !['showInLog', 'copyReport', 'replay', 'troubleshoot'].includes(remedy.call),
        )
        .map((remedy) => ({ id: remedy.id, title: localise(remedy.title) }));
    },
    runFix: async (exchange, id) => {
      const finding = currentFinding(core, exchange);
      if (finding !== null) await runRemedy(parts(), finding, id);
    },
    reveal: async (exchange) =>
      exchange.callSite === null
        ? (await import('./captureTools.ts')).findCallingLine(parts(), exchange.id)
        : revealCallSite(callSites, withEditorPath(exchange).callSite),
    revealLine: (file, line) =>
      revealCallSite(
        callSites,
        withEditorPath({ callSite: { file, line, column: 1, function: null, certainty: 'exact' } }).callSite,
      ),
    copyReport: ({ id }) => copyReport(parts(), id),
    exportHar: async (filter) => (await import('./desk.ts')).saveCalls(parts(), filter, 'har'),
    saveSession: async (filter) => (await import('./desk.ts')).saveCalls(parts(), filter, 'session'),
    openSession: async (file) =>
      (await import('./desk.ts')).openSession(parts(), file === null ? null : Uri.file(file)),
    onSessions: gateway.onDidChangeSessions,
    savedFilters: openSavedFilters(),
    clear: () => clearLog(parts()),
    troubleshooting: ({ id }) => core.troubleshooter.known(id),
    onTroubleshooting: core.troubleshooter.onDidChange,
    troubleshoot: ({ id }) => core.troubleshooter.run(id),
    stepAction: ({ id }, actionId) => runStepAction(parts(), id, actionId),
    act: async (id, action) => actions[action](await import('./desk.ts'), parts(), id),
    startGateway: async () => {
      await gateway.start();
    },
    addApi: () => addApi(parts()),
    whyNothing: async () => (await import('./captureTools.ts')).whyNothing(parts()),
  };
}

/** The open finding that a row stands for, which knows where its line has moved; else one made of the row alone. */
function currentFinding({ traffic }: Pick<Parts, 'traffic'>, exchange: ExchangeSummary): Finding | null {
  return traffic.findings.find(({ exchangeId }) => exchangeId === exchange.id) ?? findingOf(withEditorPath(exchange));
}
