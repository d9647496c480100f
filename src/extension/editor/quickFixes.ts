import * as vscode from 'vscode';
import type { Remedy } from '../../shared/remedy.ts';
import { offerRemedies, toWorkspaceEdit } from '../findingRemedies.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { FindingDiagnostic } from './findingDiagnostic.ts';

/** Offers the remedies of the findings under the cursor. */
export function registerQuickFixes(parts: Parts): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: (document, _range, { diagnostics }) =>
        diagnostics
          .filter((diagnostic) => diagnostic instanceof FindingDiagnostic)
          .flatMap((diagnostic) =>
            offerRemedies(parts, diagnostic.finding, document).map((remedy, index) =>
              toCodeAction(diagnostic, document, remedy, index === 0),
            ),
          ),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
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
  switch (remedy.kind) {
    case 'edit':
      action.edit = toWorkspaceEdit(document, remedy.edits);
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
