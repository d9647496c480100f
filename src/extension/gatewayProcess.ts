import * as vscode from 'vscode';
import { ChannelError } from '../shared/channel.ts';
import type { AccessBoard } from '../shared/access.ts';
import type { CatalogueProblem } from '../shared/catalogue.ts';
import type { ExchangeSummary } from '../shared/exchange.ts';
import type { PromptEvents } from '../shared/prompts.ts';
import type { ApiStatus, GatewayApi, GatewayHost, GatewayReady } from '../shared/protocol.ts';
import type { GatewayOptions } from '../shared/settings.ts';
import type { WarningBoard } from '../shared/warning.ts';
import { forkGateway, type GatewayChild } from './gatewayChild.ts';
import { CrashHistory } from './crashHistory.ts';
import type { ImportedSession, JobProgress } from '../shared/sessions.ts';

/** What the gateway is doing. */
export type GatewayState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly ready: GatewayReady; readonly pid: number | undefined }
  | { readonly kind: 'failed'; readonly message: string };

/** What a gateway process is made of. */
export interface GatewayIngredients {
  readonly file: string;
  readonly cwd: string;
  readonly options: () => Promise<GatewayOptions>;
  readonly host: GatewayHost;
  readonly log: vscode.LogOutputChannel;
}

/** Keeps one gateway process running from `start` to `stop`, whatever happens to it. */
export class Gateway implements vscode.Disposable {
  readonly #ingredients: GatewayIngredients | null;
  readonly #crashes = new CrashHistory();
  readonly #stateChanged = new vscode.EventEmitter<GatewayState>();
  readonly #crashed = new vscode.EventEmitter<string>();
  readonly #exchangesChanged = new vscode.EventEmitter<readonly ExchangeSummary[]>();
  readonly #apisChanged = new vscode.EventEmitter<readonly ApiStatus[]>();
  readonly #problemsChanged = new vscode.EventEmitter<readonly CatalogueProblem[]>();
  readonly #warningsChanged = new vscode.EventEmitter<WarningBoard>();
  readonly #accessChanged = new vscode.EventEmitter<AccessBoard>();
  readonly #sessionsChanged = new vscode.EventEmitter<readonly ImportedSession[]>();
  readonly #jobProgress = new vscode.EventEmitter<JobProgress>();
  readonly #promptWritten = new vscode.EventEmitter<PromptEvents['promptWritten']>();
  readonly #chatWritten = new vscode.EventEmitter<PromptEvents['chatWritten']>();
  readonly #cleared = new vscode.EventEmitter<void>();
  #state: GatewayState = { kind: 'stopped' };
  #child: GatewayChild | null = null;
  /** Changes with each launch and stop, so that what belongs to an earlier one is known. */
  #attempt = 0;
  #restart: NodeJS.Timeout | undefined;
  /** The port of the last launch; a restart goes back to it, so that programs find it again. */
  #lastPort = 0;

  readonly onDidChangeState = this.#stateChanged.event;
  /** Fired with how it ended, each time the process ended by itself. */
  readonly onDidCrash = this.#crashed.event;
  readonly onDidChangeExchanges = this.#exchangesChanged.event;
  readonly onDidChangeApis = this.#apisChanged.event;
  readonly onDidChangeProblems = this.#problemsChanged.event;
  readonly onDidChangeWarnings = this.#warningsChanged.event;
  readonly onDidChangeAccess = this.#accessChanged.event;
  readonly onDidChangeSessions = this.#sessionsChanged.event;
  readonly onDidProgress = this.#jobProgress.event;
  readonly onDidWritePrompt = this.#promptWritten.event;
  readonly onDidWriteChat = this.#chatWritten.event;
  readonly onDidClear = this.#cleared.event;

  /** Null where no folder is open: nothing can be started then. */
  constructor(ingredients: GatewayIngredients | null) {
    this.#ingredients = ingredients;
  }

  get state(): GatewayState {
    return this.#state;
  }

  /** The running gateway; fails with code `gateway_stopped` where none runs. */
  get api(): GatewayApi {
    if (this.#child === null || this.#state.kind !== 'running')
      throw new ChannelError('gateway_stopped', vscode.l10n.t('The gateway is not running. Start it and try again.'));
    return this.#child.remote;
  }

  /** Resolves once the gateway listens, at once where it does already; fails where it cannot be started. */
  async start(): Promise<GatewayApi> {
    if (this.#state.kind !== 'running' && this.#state.kind !== 'starting') {
      this.#crashes.forget();
      this.#launch();
    }
    while (this.#state.kind === 'starting') await new Promise((resolve) => once(this.onDidChangeState, resolve));
    if (this.#state.kind === 'failed') throw new ChannelError('gateway_failed', this.#state.message);
    return this.api;
  }

  /** Ends the gateway after it has stored what it has. */
  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    this.#attempt++;
    const child = this.#child;
    this.#child = null;
    this.#become({ kind: 'stopped' });
    await child?.stop();
  }

  /** Stops and starts, on the same port unless the settings say another. */
  async restart(): Promise<void> {
    this.#lastPort = 0;
    await this.stop();
    await this.start();
  }

  dispose(): void {
    clearTimeout(this.#restart);
    this.#attempt++;
    void this.#child?.stop();
    for (const emitter of [this.#stateChanged, this.#crashed, this.#exchangesChanged, this.#apisChanged])
      emitter.dispose();
    this.#problemsChanged.dispose();
    this.#warningsChanged.dispose();
    this.#accessChanged.dispose();
    this.#promptWritten.dispose();
    this.#sessionsChanged.dispose();
    this.#jobProgress.dispose();
    this.#chatWritten.dispose();
    this.#cleared.dispose();
  }

  #launch(): void {
    clearTimeout(this.#restart);
    const attempt = ++this.#attempt;
    this.#become({ kind: 'starting' });
    this.#tryToLaunch(attempt).catch((error: unknown) => {
      // Where the process ended meanwhile, `#onExit` has dealt with it and the attempt is over.
      if (this.#attempt !== attempt || (error instanceof ChannelError && error.code === 'channel_closed')) return;
      this.#ingredients?.log.error(error instanceof Error ? error : String(error));
      const child = this.#child;
      this.#child = null;
      this.#become({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      void child?.stop();
    });
  }

  async #tryToLaunch(attempt: number): Promise<void> {
    if (this.#ingredients === null)
      throw new ChannelError('no_folder', vscode.l10n.t('Tollgate works on a folder. Open one and try again.'));
    const { file, cwd, host, log } = this.#ingredients;
    const options = await this.#ingredients.options();
    if (this.#attempt !== attempt) return;
    const child = forkGateway({
      file,
      cwd,
      environment: process.env,
      host,
      listeners: {
        exchangesChanged: (rows) => this.#exchangesChanged.fire(rows),
        apisChanged: (apis) => this.#apisChanged.fire(apis),
        problemsChanged: (problems) => this.#problemsChanged.fire(problems),
        warningsChanged: (board) => this.#warningsChanged.fire(board),
        accessChanged: (board) => this.#accessChanged.fire(board),
        promptWritten: (written) => this.#promptWritten.fire(written),
        sessionsChanged: (sessions) => this.#sessionsChanged.fire(sessions),
        jobProgress: (progress) => this.#jobProgress.fire(progress),
        chatWritten: (written) => this.#chatWritten.fire(written),
        cleared: () => this.#cleared.fire(),
      },
      log: (line) => log.info(`[gateway] ${line}`),
      onExit: (how) => this.#onExit(child, how),
    });
    this.#child = child;
    const port = this.#lastPort === 0 ? options.port : this.#lastPort;
    const ready = await child.remote.launch({ options: { ...options, port } });
    if (this.#attempt !== attempt) return;
    this.#lastPort = ready.port;
    log.info(`The gateway listens on ${ready.url} (process ${String(child.pid)}).`);
    this.#become({ kind: 'running', ready, pid: child.pid });
  }

  #onExit(child: GatewayChild, how: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#attempt++;
    this.#ingredients?.log.error(`The gateway ended unexpectedly (${how}).`);
    const delay = this.#crashes.next(Date.now());
    if (delay === null) {
      const message = vscode.l10n.t('The gateway ended {0} times within a minute ({1}).', this.#crashes.count, how);
      this.#become({ kind: 'failed', message });
      return;
    }
    this.#become({ kind: 'starting' });
    this.#restart = setTimeout(() => this.#launch(), delay);
    this.#crashed.fire(how);
  }

  #become(state: GatewayState): void {
    if (this.#state.kind === state.kind && state.kind !== 'running') return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}

function once(event: vscode.Event<unknown>, listener: (value: unknown) => void): void {
  const subscription = event((value) => {
    subscription.dispose();
    listener(value);
  });
}
