import * as vscode from 'vscode';
import { AccessFilter } from './access/accessFilter.ts';
import { AccessSpotlight } from './access/accessSpotlight.ts';
import { registerAccessTree } from './access/accessTree.ts';
import { registerDecisionNotices } from './access/decisionNotices.ts';
import { registerRequestNotices } from './access/requestNotices.ts';
import { registerCapture } from './capture/capture.ts';
import { CaptureEnvironment } from './capture/captureEnvironment.ts';
import { CapturePause } from './capture/pause.ts';
import { registerChatModels } from './chat/registerChatModels.ts';
import { registerCommands } from './commands.ts';
import { CallSites } from './editor/callSites.ts';
import { registerCatalogueCompletion } from './editor/catalogueCompletion.ts';
import { registerCausePages } from './editor/causePage.ts';
import { registerCodeLens } from './editor/codeLens.ts';
import { registerDescriptionDiagnostics } from './editor/descriptionDiagnostics.ts';
import { registerDiagnostics } from './editor/diagnostics.ts';
import { registerExchangeDocuments } from './editor/exchangeDocument.ts';
import { registerHttpRequests } from './editor/httpRequests.ts';
import { registerProblems } from './editor/problems.ts';
import { registerQuickFixes } from './editor/quickFixes.ts';
import { registerWarningActions } from './editor/warningActions.ts';
import { registerWarningDiagnostics } from './editor/warningDiagnostics.ts';
import { createGateway } from './gateway.ts';
import { registerGatewayLife } from './gatewayLife.ts';
import type { Gateway, GatewayState } from './gatewayProcess.ts';
import { findHome } from './home.ts';
import { registerInterceptConsent } from './interceptConsent.ts';
import { logPanelDependencies } from './logPanelDependencies.ts';
import type { Parts } from './parts.ts';
import { PendingReplays } from './pendingReplays.ts';
import { registerProbableSites } from './probable/probableSites.ts';
import { registerPrompts } from './prompts/registerPrompts.ts';
import { openSecrets } from './secrets.ts';
import { watchSettings } from './settings.ts';
import { Traffic } from './traffic.ts';
import { Troubleshooter } from './troubleshooter.ts';
import { registerApiTree } from './views/apiTree.ts';
import { registerContextKeys } from './views/contextKeys.ts';
import { registerFindingTree } from './views/findingTree.ts';
import { registerGatewayNotices } from './views/gatewayNotices.ts';
import { registerHeldNotice } from './views/heldNotice.ts';
import { registerLogPanel } from './views/logPanel.ts';
import { registerStatusBar } from './views/statusBar.ts';
import { registerWarningStatus } from './views/warningStatus.ts';

/** What Tollgate tells other extensions. */
export interface TollgateExports {
  readonly gateway: GatewayState;
  readonly onDidChangeGateway: vscode.Event<GatewayState>;
}

let running: Gateway | null = null;

/** Puts the parts together; the order below is that of the data. */
export function activate(context: vscode.ExtensionContext): TollgateExports {
  const home = findHome(context);
  const output = vscode.window.createOutputChannel('Tollgate', { log: true });
  const pause = new CapturePause(context.workspaceState);
  const settings = watchSettings(home, pause);
  const secrets = openSecrets(context.secrets, home?.id ?? '');
  const gateway = createGateway(context, home, settings, secrets, output);
  const traffic = new Traffic(gateway);
  const programs = new CaptureEnvironment({ context, gateway, traffic, settings, output });
  const callSites = new CallSites();
  const troubleshooter = new Troubleshooter(gateway, traffic);
  const replays = new PendingReplays(context.workspaceState);
  const accessFilter = new AccessFilter();
  const accessSpotlight = new AccessSpotlight();
  const core = {
    context,
    home,
    output,
    pause,
    settings,
    secrets,
    gateway,
    traffic,
    programs,
    callSites,
    troubleshooter,
    replays,
    accessFilter,
    ownDecisions: new Set<string>(),
    accessSpotlight,
  };
  const parts: Parts = {
    ...core,
    panel: registerLogPanel(
      context,
      logPanelDependencies(core, () => parts),
    ),
  };
  running = gateway;
  context.subscriptions.push(
    ...[
      output,
      pause,
      settings,
      gateway,
      traffic,
      programs,
      callSites,
      troubleshooter,
      replays,
      accessFilter,
      accessSpotlight,
    ],
    callSites.onDidSave(({ file, toLine }) => traffic.moveLines(file, toLine)),
    ...[registerContextKeys, registerApiTree, registerFindingTree, registerStatusBar].map((register) =>
      register(parts),
    ),
    ...[registerWarningStatus, registerWarningDiagnostics, registerWarningActions].map((register) => register(parts)),
    ...[registerDiagnostics, registerCodeLens, registerQuickFixes, registerProblems, registerProbableSites].map(
      (register) => register(parts),
    ),
    ...[
      registerCatalogueCompletion,
      registerDescriptionDiagnostics,
      registerAccessTree,
      registerRequestNotices,
      registerDecisionNotices,
      registerPrompts,
      registerChatModels,
    ].map((register) => register(parts)),
    ...[
      registerCausePages(parts),
      registerExchangeDocuments(gateway, context),
      registerHttpRequests(),
      registerCommands(parts),
    ],
    ...[registerCapture, registerInterceptConsent, registerGatewayNotices, registerHeldNotice, registerGatewayLife].map(
      (register) => register(parts),
    ),
  );
  return {
    get gateway() {
      return gateway.state;
    },
    onDidChangeGateway: gateway.onDidChangeState,
  };
}

/** Lets the gateway store what it has. VS Code waits some seconds for it. */
export async function deactivate(): Promise<void> {
  await running?.stop();
}
