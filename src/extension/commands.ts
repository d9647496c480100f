import * as vscode from 'vscode';
import { verifyAccount } from './commands/accountCommands.ts';
import { copyUrl, setRunning, showCalls } from './commands/apiCommands.ts';
import { addApi, openCatalogue } from './commands/catalogueCommands.ts';
import { forgetCredential, refreshCredential, setCredential } from './commands/credentialCommands.ts';
import { clearFinding, explainFinding, pickFinding, revealFinding, stepFinding } from './commands/findingCommands.ts';
import { clearLog, copyReport, replay, showExchange } from './commands/logCommands.ts';
import { toggleHeaderOrder } from './editor/exchangeDocument.ts';
import { troubleshootRefusal } from './commands/troubleshootCommands.ts';
import {
  muteWarnings,
  revealWarning,
  showWarnings,
  unmuteWarnings,
  warningKindArgument,
} from './commands/warningCommands.ts';
import { apiArgument, exchangeOf, findingArgument, isFindingNode } from './commandArguments.ts';
import { deskCommands } from './deskCommands.ts';
import { runRemedy } from './findingRemedies.ts';
import { promptCommands } from './prompts/registerPrompts.ts';
import type { Parts } from './parts.ts';

type Handler = (parts: Parts, argument: unknown, second: unknown) => unknown;

/** Every command, by its id without `tollgate.`; the manifest lists the same, which a test compares. */
const commands: Readonly<Record<string, Handler>> = {
  startGateway: ({ gateway }) => gateway.start(),
  stopGateway: ({ gateway }) => gateway.stop(),
  restartGateway: ({ gateway }) => gateway.restart(),
  showOutput: ({ output }) => output.show(),
  addApi: (parts) => addApi(parts),
  openConfiguration: (parts, edited) => openCatalogue(parts, edited),
  startApi: (parts, api) => setRunning(parts, apiArgument(api), true),
  stopApi: (parts, api) => setRunning(parts, apiArgument(api), false),
  copyUrl: (parts, api) => copyUrl(parts, apiArgument(api)),
  showCalls: (parts, api) => showCalls(parts, apiArgument(api)),
  setCredential: (parts, api) => setCredential(parts, apiArgument(api)),
  forgetCredential: (parts, api) => forgetCredential(parts, apiArgument(api)),
  refreshToken: (parts, api) => refreshCredential(parts, apiArgument(api)),
  verifyAccount: (parts, argument) => verifyAccountOf(parts, argument),
  troubleshoot: (parts, argument) => troubleshootRefusal(parts, exchangeOf(parts, argument)),
  ...deskCommands,
  ...promptCommands,
  showWarnings: (parts) => showWarnings(parts),
  revealWarning: (parts, api, kind) => revealWarning(parts, apiArgument(api), warningKindArgument(api, kind)),
  muteWarnings: (parts, api, kind) => muteWarnings(parts, apiArgument(api), warningKindArgument(api, kind)),
  unmuteWarnings: (parts, api, kind) => unmuteWarnings(parts, apiArgument(api), warningKindArgument(api, kind)),
  whyNothing: async (parts) => (await import('./captureTools.ts')).whyNothing(parts),
  pauseCapture: async (parts, minutes) => (await import('./captureTools.ts')).pauseCapture(parts, minutes),
  resumeCapture: async (parts) => (await import('./captureTools.ts')).resumeCapture(parts),
  findCallingLine: async (parts, argument) =>
    (await import('./captureTools.ts')).findCallingLine(parts, exchangeOf(parts, argument)),
  showRun: async (parts, argument) => (await import('./captureTools.ts')).showRun(parts, exchangeOf(parts, argument)),
  showHistory: async (parts, argument) =>
    (await import('./captureTools.ts')).showHistory(parts, exchangeOf(parts, argument)),
  openLog: ({ panel }) => panel.show({}),
  showExchange: (parts, argument) => {
    const id = exchangeOf(parts, argument);
    if (id !== null) showExchange(parts, id);
  },
  replay: (parts, argument) => replay(parts, exchangeOf(parts, argument)),
  copyReport: (parts, argument) => copyReport(parts, exchangeOf(parts, argument)),
  toggleHeaderOrder: (parts) => toggleHeaderOrder(parts),
  clearLog: (parts) => clearLog(parts),
  nextFinding: (parts) => stepFinding(parts, 1),
  previousFinding: (parts) => stepFinding(parts, -1),
  clearFinding: (parts, finding) => clearFinding(parts, findingArgument(finding)),
  explainFinding: (parts, finding) => explainFinding(parts, findingArgument(finding)),
  revealFinding: async (parts, argument) => {
    const finding = await pickFinding(parts, findingArgument(argument), vscode.l10n.t('Which finding is to be shown?'));
    if (finding !== null) await revealFinding(parts, finding);
  },
  runRemedy: async (parts, argument, remedy) => {
    const finding = await pickFinding(parts, findingArgument(argument), vscode.l10n.t('Which finding is to be fixed?'));
    if (finding !== null && typeof remedy === 'string') await runRemedy(parts, finding, remedy);
  },
};

/** Registers every command. What one throws is told to the person and logged; nothing escapes unseen. */
export function registerCommands(parts: Parts): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, handler]) =>
      vscode.commands.registerCommand(`tollgate.${name}`, async (argument: unknown, second: unknown) => {
        try {
          return await handler(parts, argument, second);
        } catch (error) {
          parts.output.error(`tollgate.${name}`, error instanceof Error ? error : String(error));
          void tellError(parts, error);
          return undefined;
        }
      }),
    ),
  );
}

async function tellError({ output }: Parts, error: unknown): Promise<void> {
  const show = vscode.l10n.t('Show Output');
  const message = error instanceof Error ? error.message : String(error);
  if ((await vscode.window.showErrorMessage(message, show)) === show) output.show();
}

/** Takes an API, or a node of the findings view, and then means its API. */
async function verifyAccountOf(parts: Parts, argument: unknown): Promise<void> {
  const key = isFindingNode(argument) ? findingArgument(argument) : null;
  const finding = key === null ? undefined : parts.traffic.finding(key);
  await verifyAccount(parts, finding === undefined ? apiArgument(argument) : finding.api, finding ?? null);
}
