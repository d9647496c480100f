import * as vscode from 'vscode';
import { ChannelError } from '../shared/channel.ts';
import type { ExchangeId } from '../shared/exchange.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import type { StepAction, Troubleshooting } from '../shared/troubleshooting.ts';
import type { TroubleshootSources } from '../troubleshoot/troubleshoot.ts';
import type { Gateway } from './gatewayProcess.ts';
import { withEditorPath } from './sourcePath.ts';
import type { Traffic } from './traffic.ts';

/** Checklists that are remembered. */
const most = 20;

/** Walks the five steps, and remembers what came of it while the window is open. */
export class Troubleshooter implements vscode.Disposable {
  readonly #gateway: Gateway;
  readonly #traffic: Traffic;
  readonly #known = new Map<ExchangeId, Troubleshooting>();
  /** The walk that counts, where the same exchange was asked about again. */
  readonly #newest = new Map<ExchangeId, symbol>();
  readonly #changed = new vscode.EventEmitter<Troubleshooting>();

  /** Fires with each step that is filled in. */
  readonly onDidChange = this.#changed.event;

  constructor(gateway: Gateway, traffic: Traffic) {
    this.#gateway = gateway;
    this.#traffic = traffic;
  }

  /** What is known so far; null before anybody asked. */
  known(id: ExchangeId): Troubleshooting | null {
    return this.#known.get(id) ?? null;
  }

  /** Walks the steps anew. Fails with `not_found` where the exchange is no longer stored. */
  async run(id: ExchangeId): Promise<Troubleshooting> {
    const walk = Symbol(id);
    this.#newest.set(id, walk);
    const { troubleshoot } = await import('./expertise.ts');
    const api = await this.#gateway.start();
    return troubleshoot(id, this.#sources(api), (sofar) => {
      if (this.#newest.get(id) === walk) this.#keep(sofar);
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #keep(sofar: Troubleshooting): void {
    this.#known.delete(sofar.id);
    this.#known.set(sofar.id, sofar);
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) {
      this.#known.delete(oldest);
      this.#newest.delete(oldest);
    }
    this.#changed.fire(sofar);
  }

  #sources(api: GatewayApi): TroubleshootSources {
    return {
      apis: () => api.apis(),
      exchange: async (id) => {
        const exchange = await api.exchange(id);
        return exchange === null ? null : withEditorPath(exchange);
      },
      body: (id, side) => api.body(id, side),
      history: (id) => api.history(id),
      credentialLook: (name) => api.credentialLook(name),
      verifyAccount: async (name, about) => {
        const report = await api.verifyAccount(name, about);
        // What was found out belongs into the finding as well.
        this.#traffic.noteAccount(report, this.#keyOf(about));
        return report;
      },
      savedAt: async (file) => (await vscode.workspace.fs.stat(vscode.Uri.file(file))).mtime,
    };
  }

  #keyOf(about: Parameters<GatewayApi['verifyAccount']>[1]): string | null {
    const id = typeof about === 'string' ? about : about?.id;
    return this.#traffic.findings.find(({ exchangeId }) => exchangeId === id)?.key ?? null;
  }
}

/** The button of a checklist by its id. Fails with `no_action` where the checklist has changed meanwhile. */
export function actionOf(troubleshooting: Troubleshooting | null, actionId: string): StepAction {
  const action = troubleshooting?.steps.flatMap(({ actions }) => actions).find(({ id }) => id === actionId);
  if (action === undefined) throw new ChannelError('no_action', vscode.l10n.t('This no longer applies. Check again.'));
  return action;
}
