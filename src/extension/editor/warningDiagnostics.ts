import * as vscode from 'vscode';
import type { Warning } from '../../shared/warning.ts';
import type { Parts } from '../parts.ts';
import { warnedName, warningMessage } from '../warnings.ts';
import { causePageUri } from './causePage.ts';
import { rangeOfLine } from './diagnostics.ts';

/** A diagnostic that carries its warning: VS Code gives the same object back when it asks for quick fixes. */
export class WarningDiagnostic extends vscode.Diagnostic {
  readonly warning: Warning;

  constructor(warning: Warning, name: string, range: vscode.Range) {
    super(range, `${name}: ${warningMessage(warning, Date.now())}`, vscode.DiagnosticSeverity.Information);
    this.warning = warning;
    this.source = 'Tollgate';
    this.code = { value: warning.kind, target: causePageUri(warning.kind) };
  }
}

/** Shows each warning on the line that spends most. Muted ones, and those without a line, are left to other views. */
export function registerWarningDiagnostics({ traffic, callSites }: Parts): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('tollgate.warnings');
  let shown = '';

  const refresh = (): void => {
    const made = traffic.warnings.warnings.flatMap((warning) => {
      if (warning.muted || warning.callSite === null) return [];
      const uri = vscode.Uri.file(warning.callSite.file);
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      const range = rangeOfLine(document, callSites.locate(warning.callSite).line);
      return [{ uri, diagnostic: new WarningDiagnostic(warning, warnedName(traffic, warning.api), range) }];
    });
    // Numbers change with each call, the sentence does not.
    const told = JSON.stringify(
      made.map(({ uri, diagnostic: { message, range, code } }) => [uri, message, range, code]),
    );
    if (told === shown) return;
    shown = told;
    collection.clear();
    const files = new Map(made.map(({ uri }) => [uri.toString(), uri]));
    for (const [key, uri] of files)
      collection.set(
        uri,
        made.filter((one) => one.uri.toString() === key).map(({ diagnostic }) => diagnostic),
      );
  };

  refresh();
  return vscode.Disposable.from(
    collection,
    traffic.onDidChangeWarnings(refresh),
    traffic.onDidChangeApis(refresh),
    callSites.onDidMove(refresh),
    vscode.workspace.onDidOpenTextDocument(refresh),
  );
}
