import * as vscode from 'vscode';
import type { Remedy } from '../../shared/remedy.ts';
import { offerRemedies } from '../findingRemedies.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { FindingDiagnostic } from './findingDiagnostic.ts';
import { showEdited, toWorkspaceEdit } from './remedyEdit.ts';

/** Offers the remedies of the findings under the cursor. */
export function registerQuickFixes(parts: Parts): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: async (document, _range, { diagnostics }) => {
        const actions: vscode.CodeAction[] = [];
        for (const diagnostic of diagnostics.filter((one) => one instanceof FindingDiagnostic)) {
          const offered = await offerRemedies(parts, diagnostic.finding, document);
          if (diagnostic.finding.callSite?.certainty === 'search') actions.push(toChoice(diagnostic));
          actions.push(...offered.map((remedy, index) => toCodeAction(diagnostic, document, remedy, index === 0)));
        }
        return actions;
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function toChoice(diagnostic: FindingDiagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(
    vscode.l10n.t('Not this line? Choose the one that made the call…'),
    vscode.CodeActionKind.QuickFix,
  );
  action.diagnostics = [diagnostic];
  action.command = {
    title: action.title,
    command: 'tollgate.findCallingLine',
    arguments: [diagnostic.finding.exchangeId],
  };
  return action;
}

function toCodeAction(
  diagnostic: FindingDiagnostic,
  document: vscode.TextDocument,
  remedy: Remedy,
  isPreferred: boolean,
): vscode.CodeAction {
  const action = new vscode.CodeAction(localise(remedy.title), vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = isPreferred;
  const show = remedy.kind === 'edit' ? showEdited(remedy) : undefined;
  switch (remedy.kind) {
    case 'edit':
      action.edit = toWorkspaceEdit(document, remedy);
      if (show !== undefined) action.command = show;
      break;
    case 'open':
    case 'call':
      action.command = {
        title: action.title,
        command: 'tollgate.runRemedy',
        arguments: [diagnostic.finding.key, remedy.id],
      };
      break;
    case 'run':
      action.command = { title: action.title, command: remedy.command, arguments: [...remedy.args] };
      break;
  }
  return action;
}
