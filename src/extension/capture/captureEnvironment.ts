import path from 'node:path';
import * as vscode from 'vscode';
import { nodeOption } from '../../shared/nodeOptions.ts';
import { copyHooks } from '../hooksFolder.ts';
import type { Parts } from '../parts.ts';

/** What programs get: variables that are set, what is appended to `NODE_OPTIONS`, and put before `PYTHONPATH`. */
export interface ProgramVariables {
  readonly variables: Readonly<Record<string, string>>;
  readonly nodeOptions: string | null;
  /** The folder alone; null where Python programs get none. */
  readonly pythonFolder: string | null;
}

export const nothing: ProgramVariables = { variables: {}, nodeOptions: null, pythonFolder: null };

/** Keeps what programs of this window are to get, from the gateway, the APIs and the settings. */
export class CaptureEnvironment implements vscode.Disposable {
  /** Where the preloads are; it outlives versions of the extension. */
  readonly hooks: string;
  readonly #parts: Pick<Parts, 'gateway' | 'settings' | 'output'>;
  readonly #copied: Promise<boolean>;
  readonly #changed = new vscode.EventEmitter<ProgramVariables>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** What each terminal that was opened since then was given. */
  readonly #openedWith = new WeakMap<vscode.Terminal, string>();
  #current = nothing;
  #text = JSON.stringify(nothing);
  #apis = '';
  #turn: Promise<void> = Promise.resolve();

  /** Fired with what is different from before: each change marks open terminals as outdated. */
  readonly onDidChange = this.#changed.event;

  constructor({
    context,
    gateway,
    traffic,
    settings,
    output,
  }: Pick<Parts, 'context' | 'gateway' | 'traffic' | 'settings' | 'output'>) {
    this.#parts = { gateway, settings, output };
    this.hooks = vscode.Uri.joinPath(context.globalStorageUri, 'hooks').fsPath;
    this.#copied = copyHooks(vscode.Uri.joinPath(context.extensionUri, 'dist', 'hooks').fsPath, this.hooks).then(
      () => true,
      (error: unknown) => {
        output.error('The preloads for call sites could not be copied; findings will lack their lines.', error);
        return false;
      },
    );
    this.#subscriptions = [
      vscode.window.onDidOpenTerminal((terminal) => void this.#openedWith.set(terminal, this.#text)),
      gateway.onDidChangeState(() => this.#update()),
      traffic.onDidChangeApis((apis) => {
        const telling = JSON.stringify(
          apis.map(({ name, url, provider, credential }) => [name, url, provider, credential]),
        );
        if (telling !== this.#apis) this.#update();
        this.#apis = telling;
      }),
      settings.onDidChange(() => this.#update()),
    ];
    this.#update();
  }

  /** Names of open terminals that were opened with other variables than a new one would get, or before all of this. */
  staleTerminals(): readonly string[] {
    return vscode.window.terminals
      .filter((terminal) => this.#openedWith.get(terminal) !== this.#text && !isHidden(terminal))
      .map(({ name }) => name);
  }

  get current(): ProgramVariables {
    return this.#current;
  }

  /** What is current once a change under way is done. */
  async settled(): Promise<ProgramVariables> {
    await this.#turn;
    return this.#current;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #update(): void {
    this.#turn = this.#turn
      .then(() => this.#renew())
      .catch((error: unknown) => this.#parts.output.error('The programs’ environment was not updated.', error));
  }

  async #renew(): Promise<void> {
    const { gateway } = this.#parts;
    // While it restarts after a crash, the same port comes back: new programs should be as the old ones.
    if (gateway.state.kind === 'starting') return;
    const wanted = gateway.state.kind === 'running' ? await this.#ask() : nothing;
    const text = JSON.stringify(wanted);
    if (text === this.#text) return;
    this.#text = text;
    this.#current = wanted;
    this.#changed.fire(wanted);
  }

  async #ask(): Promise<ProgramVariables> {
    const { gateway, settings } = this.#parts;
    const copied = await this.#copied;
    if (gateway.state.kind !== 'running') return nothing;
    const { stateFile } = gateway.state.ready;
    const { capture, baseUrls } = settings.current.terminals;
    const variables = Object.entries(await gateway.api.programEnvironment());
    const capturing = capture && copied;
    return {
      variables: {
        ...Object.fromEntries(variables.filter(([name]) => baseUrls || name.startsWith('TOLLGATE_'))),
        ...(capturing ? { TOLLGATE_STATE: stateFile } : {}),
      },
      nodeOptions: capturing ? nodeOption(path.join(this.hooks, 'register.cjs')) : null,
      pythonFolder: capturing ? path.join(this.hooks, 'python') : null,
    };
  }
}

function isHidden({ creationOptions }: vscode.Terminal): boolean {
  return 'hideFromUser' in creationOptions && (creationOptions.hideFromUser ?? false);
}
