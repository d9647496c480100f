import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { rowWords } from '../access/accessItem.ts';
import type { AccessNode } from '../access/accessNodes.ts';
import { calm } from '../calm.ts';
import { editCatalogue } from '../commands/editCatalogue.ts';
import type { Parts } from '../parts.ts';
import type { Detail } from './detail.ts';
import { formHtml, liveHtml, pageHtml, pastHtml, type DetailStrings, type HistoryLine } from './detailHtml.ts';
import { detailOf } from './detailOf.ts';
import type { FormValues } from './formChange.ts';
import { formProblems } from './formProblems.ts';
import { historyOf } from './history.ts';

/** Milliseconds between refreshes while calls come in. */
const calmPeriod = 400;

/** One page about one thing, which follows what happens to it, and closes with it. */
export class DetailPage {
  readonly #panel: vscode.WebviewPanel;
  readonly #parts: Parts;
  readonly #node: AccessNode;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #detail: Detail | null;
  #history: readonly HistoryLine[] = [];

  constructor(parts: Parts, node: AccessNode, onClosed: () => void) {
    this.#parts = parts;
    this.#node = node;
    this.#detail = this.#look();
    const resources = vscode.Uri.joinPath(parts.context.extensionUri, 'dist', 'webview');
    this.#panel = vscode.window.createWebviewPanel(
      'tollgate.details',
      this.#detail?.title ?? '',
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [resources] },
    );
    const refresh = calm(calmPeriod, () => void this.#refresh());
    this.#subscriptions = [
      parts.traffic.onDidChangeAccess(refresh),
      parts.traffic.onDidChangeApis(refresh),
      refresh,
      this.#panel.webview.onDidReceiveMessage((message) => void this.#hear(message)),
      this.#panel.onDidChangeViewState(refresh),
    ];
    this.#panel.onDidDispose(() => {
      for (const subscription of this.#subscriptions) subscription.dispose();
      onClosed();
    });
    this.#panel.webview.html = this.#page(resources);
    refresh();
  }

  show(): void {
    this.#panel.reveal();
  }

  #look(): Detail | null {
    const { access, apis } = this.#parts.traffic;
    return detailOf(access, apis, this.#node);
  }

  async #refresh(): Promise<void> {
    const { gateway } = this.#parts;
    // What is gone while the gateway starts again comes back.
    if (gateway.state.kind !== 'running') return;
    const detail = this.#look();
    if (detail === null) {
      this.#panel.dispose();
      return;
    }
    this.#detail = detail;
    this.#panel.title = detail.title;
    if (!this.#panel.visible) return;
    if (detail.history !== null) this.#history = await historyOf(gateway.api, detail.history);
    void this.#panel.webview.postMessage({
      live: this.#live(detail),
      form: formHtml(detail, strings()),
      past: this.#past(),
    });
  }

  #live(detail: Detail): string {
    const { access } = this.#parts.traffic;
    const rows = detail.lists.map((list) => list.rows.map((node) => rowWords(access, node)));
    return liveHtml(detail, rows, strings());
  }

  #past(): string {
    return pastHtml(this.#history, strings());
  }

  #page(resources: vscode.Uri): string {
    const { webview } = this.#panel;
    const at = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(resources, name)).toString();
    return pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: at('detail.js'),
      style: at('detail.css'),
      icons: at('codicon.css'),
      language: vscode.env.language,
      title: this.#detail?.title ?? '',
      live: this.#detail === null ? '' : this.#live(this.#detail),
      form: this.#detail === null ? '' : formHtml(this.#detail, strings()),
    });
  }

  async #hear(message: unknown): Promise<void> {
    const detail = this.#detail;
    if (detail === null || typeof message !== 'object' || message === null) return;
    if ('values' in message && Array.isArray(message.values)) return this.#save(detail, message.values as FormValues);
    if (!('wish' in message) || typeof message.wish !== 'string') return;
    const [what, first = '', second = ''] = message.wish.split(' ');
    if (what === 'run') {
      const action = detail.actions[Number(first)];
      if (action !== undefined) await vscode.commands.executeCommand(action.command, action.argument);
    }
    if (what === 'open') {
      const node = detail.lists[Number(first)]?.rows[Number(second)];
      if (node !== undefined) await vscode.commands.executeCommand('tollgate.showDetails', node);
    }
  }

  async #save({ form }: Detail, values: FormValues): Promise<void> {
    if (form === null) return;
    const problems = formProblems(form, values);
    if (problems.some((one) => one !== null)) {
      void this.#panel.webview.postMessage({ problems });
      return;
    }
    const changed = await editCatalogue(this.#parts, form.path, (text, how) => how.withForm(text, form, values));
    if (changed) void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Saved in tollgate.jsonc'), 6000);
  }
}

function strings(): DetailStrings {
  return {
    save: vscode.l10n.t('Save'),
    change: vscode.l10n.t('Change'),
    history: vscode.l10n.t('What happened'),
    facts: vscode.l10n.t('Facts'),
    actions: vscode.l10n.t('Actions'),
  };
}
