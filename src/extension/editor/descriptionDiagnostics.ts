import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { toDiagnostic } from './problems.ts';

/** Milliseconds without typing after which a draft is checked. */
const pause = 300;
/** Characters beyond which a draft is checked when it is saved only. */
const longest = 2_000_000;

/** Says what is wrong with drafts of OpenAPI descriptions while they are written. */
export function registerDescriptionDiagnostics({ gateway, traffic }: Parts): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('tollgate.openapi');
  const timers = new Map<string, NodeJS.Timeout>();
  const isDraft = ({ uri }: vscode.TextDocument): boolean =>
    uri.scheme === 'file' && traffic.apis.some(({ lifecycle }) => lifecycle?.draft === uri.fsPath);

  const check = async (document: vscode.TextDocument): Promise<void> => {
    if (!isDraft(document) || gateway.state.kind !== 'running') return;
    const { version } = document;
    try {
      const problems = await gateway.api.checkDescription(document.getText(), document.fileName);
      if (document.version === version && !document.isClosed) collection.set(document.uri, problems.map(toDiagnostic));
    } catch {
      // The gateway went away meanwhile; the next change asks again.
    }
  };
  const soon = (document: vscode.TextDocument): void => {
    if (!isDraft(document)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void check(document);
      }, pause),
    );
  };
  const unchecked = (): void => {
    for (const document of vscode.workspace.textDocuments) if (!collection.has(document.uri)) soon(document);
  };
  return vscode.Disposable.from(
    collection,
    { dispose: () => timers.forEach((timer) => clearTimeout(timer)) },
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidSaveTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.getText().length < longest) soon(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    traffic.onDidChangeApis(unchecked),
  );
}
