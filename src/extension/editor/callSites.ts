import * as vscode from 'vscode';
import type { CallSite } from '../../shared/callSite.ts';
import { lineAfter, movesLines, type LineEdit } from './lineEdits.ts';

/** Milliseconds after which a document that was changed and is not dirty counts as reloaded from disk. */
const settleTime = 50;

/** Where the lines of a saved file went. Lines and columns count from 1, as those of call sites do. */
export interface SavedLines {
  readonly file: string;
  readonly toLine: (line: number, column: number) => number;
}

/**
 * Follows lines while their document is edited. Programs report lines of the file on disk; the editor shows the text
 * with its unsaved edits. `locate` leads from the one to the other, `onDidSave` tells when the one becomes the other.
 */
export class CallSites implements vscode.Disposable {
  readonly #edits = new Map<string, LineEdit[]>();
  readonly #moved = new vscode.EventEmitter<vscode.Uri>();
  readonly #saved = new vscode.EventEmitter<SavedLines>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** Fired with a document whose lines have moved in the editor. */
  readonly onDidMove = this.#moved.event;
  /** Fired when lines of a file on disk have moved, with where each has gone. */
  readonly onDidSave = this.#saved.event;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#commit(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#edits.delete(uri.toString())) this.#moved.fire(uri);
      }),
    ];
  }

  /** Where a call site stands in the editor now. */
  locate({ file, line, column }: CallSite): vscode.Position {
    const edits = this.#edits.get(vscode.Uri.file(file).toString()) ?? [];
    return new vscode.Position(lineAfter(edits, line - 1, column - 1), Math.max(0, column - 1));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#moved.dispose();
    this.#saved.dispose();
  }

  #onChange({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.scheme !== 'file' || contentChanges.length === 0) return;
    const key = document.uri.toString();
    // Changes of one event refer to the text before it; from the last to the first they can be applied in turn.
    const edits = contentChanges
      .map(({ range, text }) => ({ start: range.start, end: range.end, breaks: text.split('\n').length - 1 }))
      .filter(movesLines)
      .sort((a, b) => b.start.line - a.start.line || b.start.character - a.start.character);
    if (edits.length > 0) this.#edits.set(key, [...(this.#edits.get(key) ?? []), ...edits]);
    if (!document.isDirty && reason !== undefined) {
      // Undone or redone until it equals the file again.
      this.#edits.delete(key);
      this.#moved.fire(document.uri);
      return;
    }
    if (edits.length > 0) this.#moved.fire(document.uri);
    if (!document.isDirty)
      setTimeout(() => !document.isClosed && !document.isDirty && this.#commit(document), settleTime);
  }

  #commit(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const edits = this.#edits.get(key);
    if (edits === undefined) return;
    this.#edits.delete(key);
    this.#saved.fire({
      file: document.uri.fsPath,
      toLine: (line, column) => lineAfter(edits, line - 1, column - 1) + 1,
    });
  }
}
