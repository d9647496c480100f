import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { RunsStrings, RunsWish } from '../../shared/promptRuns.ts';
import type { Parts } from '../parts.ts';
import type { PromptRuns } from './promptRuns.ts';

/** Milliseconds between what the page is told while an answer is written. */
const pace = 60;

/** What the page asks of others. */
export interface RunsPanelWishes {
  readonly again: () => unknown;
  readonly compare: () => unknown;
}

/** The panel beside a prompt file in which its answers are written, side by side where several models are asked. */
export class RunsPanel implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #runs: PromptRuns;
  readonly #wishes: RunsPanelWishes;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: Parts, runs: PromptRuns, wishes: RunsPanelWishes) {
    this.#parts = parts;
    this.#runs = runs;
    this.#wishes = wishes;
    this.#listening = runs.onDidChange(() => {
      this.#timer ??= setTimeout(() => this.#tell(), pace);
    });
  }

  /** Shows it beside, without taking the keyboard from the file. */
  show(): void {
    if (this.#panel === null) this.#open();
    else this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#panel?.dispose();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #open(): void {
    const { extensionUri } = this.#parts.context;
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const panel = vscode.window.createWebviewPanel(
      'tollgate.promptRuns',
      vscode.l10n.t('Prompt Runs'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [root] },
    );
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'tollgate.svg');
    panel.webview.onDidReceiveMessage((wish: RunsWish) => void this.#do(wish));
    panel.webview.html = page(panel.webview, root);
    panel.onDidDispose(() => (this.#panel = null));
    this.#panel = panel;
  }

  #tell(): void {
    this.#timer = null;
    void this.#panel?.webview.postMessage(this.#runs.state);
  }

  async #do(asked: RunsWish): Promise<void> {
    const column = 'column' in asked ? this.#runs.shown?.columns[asked.column] : undefined;
    switch (asked.wish) {
      case 'state':
        this.#tell();
        return;
      case 'show':
        this.#runs.show(asked.run);
        return;
      case 'again':
      case 'compare':
        this.#wishes[asked.wish]();
        return;
      case 'stop':
        await this.#runs.stop();
        return;
      case 'log':
        if (column?.exchange != null) await vscode.commands.executeCommand('tollgate.showExchange', column.exchange);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(column?.text ?? '');
        vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied the answer'), 4000);
    }
  }
}

function page(webview: vscode.Webview, root: vscode.Uri): string {
  const nonce = randomBytes(16).toString('hex');
  const strings: RunsStrings = {
    history: vscode.l10n.t('Earlier runs'),
    again: vscode.l10n.t('Run Again'),
    compare: vscode.l10n.t('Compare…'),
    stop: vscode.l10n.t('Stop'),
    log: vscode.l10n.t('Show in Log'),
    copy: vscode.l10n.t('Copy'),
    running: vscode.l10n.t('is written…'),
    done: vscode.l10n.t('done'),
    failed: vscode.l10n.t('failed'),
    stopped: vscode.l10n.t('stopped'),
    answerOf: vscode.l10n.t('The answer of {0}', '{0}'),
  };
  const at = (name: string): string => escaped(webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString());
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${at('promptRuns.css')}">
</head>
<body data-strings="${escaped(JSON.stringify(strings))}">
<script type="module" nonce="${nonce}" src="${at('promptRuns.js')}"></script>
</body>
</html>
`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
