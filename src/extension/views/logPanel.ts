import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { openChannel } from '../../shared/channel.ts';
import type { Channel } from '../../shared/channel.ts';
import { causes } from '../../shared/finding.ts';
import { causeTitle } from '../../shared/causePages.ts';
import type { PanelApi, PanelEvents, PanelTarget } from '../../shared/panel.ts';
import { panelStrings } from '../../shared/panelStrings.ts';
import { plain } from '../../shared/text.ts';
import type { Text } from '../../shared/text.ts';
import { stateTitles, stepNames, stepStates, stepTitles } from '../../shared/troubleshooting.ts';
import { createPanelApi, translateRow, translateSteps } from './logPanelApi.ts';
import type { LogPanelDependencies } from './logPanelApi.ts';
import { logPanelHtml } from './logPanelHtml.ts';

export type { LogPanelDependencies } from './logPanelApi.ts';

const viewType = 'tollgate.log';

/** The log panel, one per window. */
export interface LogPanel {
  /** Opens the panel, or brings it to the front, at an exchange or with a filter. */
  show(target: Partial<PanelTarget>): void;
}

/** Makes the log panel available, and restores the one that was open when the window was closed. */
export function registerLogPanel(context: vscode.ExtensionContext, dependencies: LogPanelDependencies): LogPanel {
  const resources = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  const options: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [resources] };
  const media = vscode.Uri.joinPath(context.extensionUri, 'media');
  let open: OpenPanel | null = null;

  const adopt = (panel: vscode.WebviewPanel, target: PanelTarget | null): void => {
    open?.panel.dispose();
    panel.webview.options = options;
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'log-light.svg'),
      dark: vscode.Uri.joinPath(media, 'log-dark.svg'),
    };
    const adopted = new OpenPanel(panel, resources, dependencies, target);
    open = adopted;
    panel.onDidDispose(() => {
      adopted.dispose();
      if (open === adopted) open = null;
    });
  };

  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (panel) => {
        adopt(panel, null);
        return Promise.resolve();
      },
    }),
    // The panel itself stays: VS Code restores it after a reload.
    { dispose: () => open?.dispose() },
  );

  return {
    show: ({ id = null, filter = null, tab, session }) => {
      const more = { ...(tab === undefined ? {} : { tab }), ...(session === undefined ? {} : { session }) };
      const target = id === null && filter === null && session === undefined ? null : { id, filter, ...more };
      if (open !== null) {
        open.show(target);
        return;
      }
      adopt(
        vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Tollgate Log'), vscode.ViewColumn.Active, options),
        target,
      );
    },
  };
}

/** One panel and the page that is in it now: VS Code drops the page while the panel is hidden. */
class OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly #dependencies: LogPanelDependencies;
  readonly #subscriptions: vscode.Disposable[];
  #target: PanelTarget | null;
  #page: Page | null = null;

  constructor(
    panel: vscode.WebviewPanel,
    resources: vscode.Uri,
    dependencies: LogPanelDependencies,
    target: PanelTarget | null,
  ) {
    this.panel = panel;
    this.#dependencies = dependencies;
    this.#target = target;
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      dependencies.onRows((rows) =>
        this.#page?.channel.emit(
          'exchangesChanged',
          rows.map((row) => translateRow(row, translate)),
        ),
      ),
      dependencies.onTroubleshooting((known) =>
        this.#page?.channel.emit('troubleshooting', translateSteps(known, translate)),
      ),
      dependencies.onSessions((sessions) => this.#page?.channel.emit('sessions', sessions)),
      dependencies.onCleared(() => this.#page?.channel.emit('cleared', null)),
      dependencies.onGatewayChanged(({ running }) => this.#page?.channel.emit('gateway', { running })),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#leavePage();
      }),
    ];
    panel.webview.html = html(panel.webview, resources);
  }

  show(target: PanelTarget | null): void {
    if (target !== null) {
      if (this.#page === null) this.#target = target;
      else this.#page.channel.emit('show', target);
    }
    this.panel.reveal();
  }

  dispose(): void {
    this.#leavePage();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Each page names itself, so that no answer to an earlier one reaches its successor. */
  #receive(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('page' in message) || !('message' in message)) return;
    if (typeof message.page !== 'string') return;
    if (this.#page?.name !== message.page) {
      this.#leavePage();
      this.#page = this.#openPage(message.page);
    }
    this.#page.receive(message.message);
  }

  #openPage(name: string): Page {
    let receive: (message: unknown) => void = () => undefined;
    const channel = openChannel<PanelApi, object, object, PanelEvents>(
      {
        post: (message) => void this.panel.webview.postMessage({ page: name, message }),
        onMessage: (listener) => (receive = listener),
      },
      createPanelApi(this.#dependencies, {
        takeTarget: () => {
          const target = this.#target;
          this.#target = null;
          return target;
        },
        copy: async (text) => vscode.env.clipboard.writeText(text),
        translate,
      }),
    );
    return { name, channel, receive };
  }

  #leavePage(): void {
    this.#page?.channel.close('The page is gone.');
    this.#page = null;
  }
}

interface Page {
  readonly name: string;
  readonly channel: Channel<object, object, PanelEvents>;
  readonly receive: (message: unknown) => void;
}

function html(webview: vscode.Webview, resources: vscode.Uri): string {
  const resource = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(resources, name)).toString();
  return logPanelHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    script: resource('panel.js'),
    style: resource('panel.css'),
    icons: resource('codicon.css'),
    title: vscode.l10n.t('Tollgate Log'),
    language: vscode.env.language,
    strings: {
      ...Object.fromEntries(Object.entries(panelStrings).map(([key, english]) => [key, vscode.l10n.t(english)])),
      ...Object.fromEntries(stepNames.map((name) => [`step.${name}`, plain(translate(stepTitles[name]))])),
      ...Object.fromEntries(stepStates.map((state) => [`state.${state}`, plain(translate(stateTitles[state]))])),
      ...Object.fromEntries(causes.map((cause) => [`cause.${cause}`, plain(translate(causeTitle(cause)))])),
    },
  });
}

/** The same sentence in the editor's language; what filled it is in it already. */
function translate({ message, args }: Text): Text {
  return { message: vscode.l10n.t(message, ...args), args: [] };
}
