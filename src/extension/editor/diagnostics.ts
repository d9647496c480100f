import * as vscode from 'vscode';
import type { Finding } from '../../shared/finding.ts';
import type { Parts } from '../parts.ts';
import { FindingDiagnostic } from './findingDiagnostic.ts';

/** Shows each finding on the line that made the call, and keeps it there while the file is edited. */
export function registerDiagnostics({ traffic, callSites }: Parts): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('tollgate');
  let shown = new Map<string, readonly Finding[]>();

  const show = (uri: vscode.Uri, findings: readonly Finding[]): void => {
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    collection.set(
      uri,
      findings.flatMap((finding) => {
        if (finding.callSite === null) return [];
        const { line } = callSites.locate(finding.callSite);
        return [new FindingDiagnostic(finding, rangeOfLine(document, line))];
      }),
    );
  };
  const refresh = (): void => {
    const wanted = byFile(traffic.findings);
    for (const file of shown.keys()) if (!wanted.has(file)) collection.delete(vscode.Uri.file(file));
    for (const [file, findings] of wanted)
      if (!sameFindings(shown.get(file), findings)) show(vscode.Uri.file(file), findings);
    shown = wanted;
  };
  const showAgain = (uri: vscode.Uri): void => {
    const findings = uri.scheme === 'file' ? shown.get(uri.fsPath) : undefined;
    if (findings !== undefined) show(uri, findings);
  };

  refresh();
  return vscode.Disposable.from(
    collection,
    traffic.onDidChangeFindings(refresh),
    callSites.onDidMove(showAgain),
    // Only with the text at hand is it known where the line begins and ends.
    vscode.workspace.onDidOpenTextDocument(({ uri }) => showAgain(uri)),
  );
}

/** From the first character of a line to its last; a whole line where the document is not open. */
export function rangeOfLine(document: vscode.TextDocument | undefined, line: number): vscode.Range {
  if (document === undefined) return new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
  const { range, firstNonWhitespaceCharacterIndex, text } = document.lineAt(Math.min(line, document.lineCount - 1));
  return new vscode.Range(range.start.line, firstNonWhitespaceCharacterIndex, range.start.line, text.trimEnd().length);
}

function byFile(findings: readonly Finding[]): Map<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.callSite === null) continue;
    const { file } = finding.callSite;
    files.set(file, [...(files.get(file) ?? []), finding]);
  }
  return files;
}

function sameFindings(a: readonly Finding[] | undefined, b: readonly Finding[]): boolean {
  return a?.length === b.length && a.every((finding, index) => finding === b[index]);
}
