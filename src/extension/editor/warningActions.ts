import * as vscode from 'vscode';
import { allApis, type Warning } from '../../shared/warning.ts';
import type { Parts } from '../parts.ts';
import { WarningDiagnostic } from './warningDiagnostics.ts';

/** Offers what helps against the warnings under the cursor, and to mute them. */
export function registerWarningActions({ traffic }: Pick<Parts, 'traffic'>): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: async (_document, _range, { diagnostics }) => {
        const actions: vscode.CodeAction[] = [];
        for (const diagnostic of diagnostics.filter((one) => one instanceof WarningDiagnostic)) {
          const offered = [...ownCommands(diagnostic.warning), ...(await pageOf(traffic, diagnostic.warning))];
          actions.push(...[...offered, muting(diagnostic.warning)].map((command) => toAction(diagnostic, command)));
        }
        return actions;
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function ownCommands({ api, kind }: Warning): readonly vscode.Command[] {
  if (kind === 'budget_running_out')
    return api === allApis
      ? [{ title: vscode.l10n.t('Open tollgate.jsonc'), command: 'tollgate.openConfiguration' }]
      : [{ title: vscode.l10n.t('Raise the budget…'), command: 'tollgate.setBudget', arguments: [api] }];
  const balance = {
    title: vscode.l10n.t('Check the balance now'),
    command: 'tollgate.verifyAccount',
    arguments: [api],
  };
  const calls = { title: vscode.l10n.t('Show its calls in the log'), command: 'tollgate.showCalls', arguments: [api] };
  return kind === 'credit_running_out' ? [balance, calls] : [calls];
}

/** The vendor's page where a person can do something about it. */
async function pageOf(traffic: Parts['traffic'], { api, kind }: Warning): Promise<readonly vscode.Command[]> {
  if (kind === 'budget_running_out') return [];
  const { providerById, providerForHost } = await import('../expertise.ts');
  const declared = traffic.api(api);
  const provider = declared === undefined ? providerForHost(api) : providerById(declared.provider ?? '');
  const { billing, limits } = provider?.pages ?? { billing: null, limits: null };
  const page = kind === 'credit_running_out' ? billing : (limits ?? billing);
  if (page === null) return [];
  const title = page === billing ? vscode.l10n.t('Open the billing page') : vscode.l10n.t('Open the page about limits');
  return [{ title, command: 'vscode.open', arguments: [vscode.Uri.parse(page, true)] }];
}

function muting({ api, kind }: Warning): vscode.Command {
  return { title: vscode.l10n.t('Mute this warning'), command: 'tollgate.muteWarnings', arguments: [api, kind] };
}

function toAction(diagnostic: WarningDiagnostic, command: vscode.Command): vscode.CodeAction {
  const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = command;
  return action;
}
