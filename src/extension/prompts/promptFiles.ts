import * as vscode from 'vscode';
import { promptEnding, type PromptCheck } from '../../shared/prompts.ts';
import type { Parts } from '../parts.ts';

/** Documents that are prompt files, wherever they are. */
export const promptSelector: vscode.DocumentSelector = { scheme: 'file', pattern: `**/*${promptEnding}` };

/** Whether the gateway serves a document as a prompt: those in folders of other readers are left alone. */
export function isPromptFile({ uri }: Pick<vscode.TextDocument, 'uri'>, { home }: Pick<Parts, 'home'>): boolean {
  const { fsPath } = uri;
  if (home === null || uri.scheme !== 'file' || !fsPath.endsWith(promptEnding)) return false;
  const inside = vscode.workspace.asRelativePath(uri, false);
  return fsPath.startsWith(home.folder.uri.fsPath) && !/(?:^|[\\/])(?:\.|node_modules[\\/])/.test(inside);
}

/** Milliseconds that a document rests before it is looked at. */
const rest = 250;
/** Milliseconds between looks that calls are the reason for: they have changed what was spent. */
const pace = 1500;

/** What the gateway says of the prompt files that are open; the one place that asks. */
export class PromptBook implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #checks = new Map<string, PromptCheck>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #listening: vscode.Disposable;
  #soon: NodeJS.Timeout | null = null;
  readonly onDidChange = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { workspace } = vscode;
    this.#listening = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#look(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#look(document, rest)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#checks.delete(uri.toString());
        this.#changed.fire(uri);
      }),
      parts.gateway.onDidChangeState(() => this.lookAtAll()),
      parts.gateway.onDidChangeProblems(() => this.lookAtAll()),
      // Costs, and what models there are.
      parts.gateway.onDidChangeApis(() => this.#lookSoon()),
    );
    this.lookAtAll();
  }

  check(uri: vscode.Uri): PromptCheck | null {
    return this.#checks.get(uri.toString()) ?? null;
  }

  /** Has a document looked at that was not yet. */
  want(document: vscode.TextDocument): void {
    if (this.check(document.uri) === null && !this.#timers.has(document.uri.toString())) this.#look(document, rest);
  }

  lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#look(document, rest);
  }

  dispose(): void {
    if (this.#soon !== null) clearTimeout(this.#soon);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #lookSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      this.lookAtAll();
    }, pace);
  }

  #look(document: vscode.TextDocument, delay: number): void {
    if (!isPromptFile(document, this.#parts)) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => void this.#ask(document), delay),
    );
  }

  async #ask(document: vscode.TextDocument): Promise<void> {
    this.#timers.delete(document.uri.toString());
    if (document.isClosed || this.#parts.gateway.state.kind !== 'running') return;
    const { version } = document;
    try {
      const check = await this.#parts.gateway.api.checkPrompt(document.uri.fsPath, document.getText());
      if (document.version !== version) return;
      this.#checks.set(document.uri.toString(), check);
      this.#changed.fire(document.uri);
    } catch (error) {
      // The gateway stopped meanwhile, and is asked again when it runs.
      this.#parts.output.warn(`Prompt: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
