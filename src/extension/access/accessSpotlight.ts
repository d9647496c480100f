import * as vscode from 'vscode';
import type { AccessNode } from './accessNodes.ts';

/** What the view of teams and access is to open and select, as soon as it is there. */
export class AccessSpotlight implements vscode.Disposable {
  readonly #asked = new vscode.EventEmitter<AccessNode>();

  readonly onDidAsk = this.#asked.event;

  /** Shows what was just made; a subscription where it stands then, whatever `place` says. */
  show(node: AccessNode): void {
    this.#asked.fire(node);
  }

  dispose(): void {
    this.#asked.dispose();
  }
}
