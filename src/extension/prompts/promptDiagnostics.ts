import * as vscode from 'vscode';
import type { PromptBook } from './promptFiles.ts';

/** Marks what is wrong in prompt files that are open. */
export function registerPromptDiagnostics(book: PromptBook): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('tollgate.prompts');
  const show = (uri: vscode.Uri): void => {
    const check = book.check(uri);
    collection.set(
      uri,
      (check?.problems ?? []).map(({ severity, message, start, end }) => {
        const range = new vscode.Range(start.line, start.character, end.line, end.character);
        const diagnostic = new vscode.Diagnostic(
          range,
          message,
          severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
        );
        diagnostic.source = 'Tollgate';
        return diagnostic;
      }),
    );
  };
  return vscode.Disposable.from(collection, book.onDidChange(show));
}
