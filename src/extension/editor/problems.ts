import * as vscode from 'vscode';
import type { CatalogueProblem } from '../../shared/catalogue.ts';
import type { Parts } from '../parts.ts';

/** Shows what is wrong with `tollgate.jsonc` and what it includes at the place where it is wrong. */
export function registerProblems({ home, traffic }: Parts): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('tollgate.catalogue');
  const show = (problems: readonly CatalogueProblem[]): void => {
    if (home === null) return;
    collection.clear();
    for (const file of new Set(problems.map((one) => one.file)))
      collection.set(
        file === undefined ? home.catalogue : vscode.Uri.file(file),
        problems.filter((one) => one.file === file).map(toDiagnostic),
      );
  };
  show(traffic.problems);
  return vscode.Disposable.from(collection, traffic.onDidChangeProblems(show));
}

/** A problem as the editor shows it. */
export function toDiagnostic({ severity, message, start, end }: CatalogueProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Tollgate';
  return diagnostic;
}
