import * as vscode from 'vscode';

/** What the view of teams and access is narrowed to. */
export class AccessFilter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<string>();
  #text = '';

  readonly onDidChange = this.#changed.event;

  /** Empty for all there is. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    if (text === this.#text) return;
    this.#text = text;
    void vscode.commands.executeCommand('setContext', 'tollgate.accessFiltered', text !== '');
    this.#changed.fire(text);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
