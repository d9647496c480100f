import * as vscode from 'vscode';
import type { ExchangeId } from '../shared/exchange.ts';

/** A call that is to be sent again. */
interface Pending {
  readonly id: ExchangeId;
  /** In milliseconds since 1970. */
  readonly at: number;
}

const stateKey = 'tollgate.pendingReplays';

/**
 * Calls that wait for their time, each shown by the status bar, where a click cancels. They outlive the window: what
 * comes due while it is closed is offered when it opens again.
 */
export class PendingReplays implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #item = vscode.window.createStatusBarItem('tollgate.wait', vscode.StatusBarAlignment.Left, 9);
  #pending: readonly Pending[];
  #ticking: NodeJS.Timeout | null = null;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#item.name = vscode.l10n.t('Tollgate: Waiting Replays');
    this.#item.command = 'tollgate.cancelWait';
    const stored = memory.get<readonly Pending[]>(stateKey, []);
    this.#pending = stored.filter(({ at }) => at > Date.now());
    const missed = stored.filter(({ at }) => at <= Date.now());
    if (stored.length > 0) this.#show();
    if (missed.length > 0) {
      this.#remember();
      void this.#offer(missed);
    }
  }

  /** Those that wait, soonest first. */
  get pending(): readonly Pending[] {
    return this.#pending;
  }

  /** Has a call sent again at a time; an earlier wish for it is forgotten. */
  add(id: ExchangeId, at: number): void {
    this.#pending = [...this.#pending.filter((one) => one.id !== id), { id, at }].sort((a, b) => a.at - b.at);
    this.#remember();
    this.#show();
  }

  cancel(id: ExchangeId): void {
    this.#pending = this.#pending.filter((one) => one.id !== id);
    this.#remember();
    this.#show();
  }

  dispose(): void {
    if (this.#ticking !== null) clearInterval(this.#ticking);
    this.#item.dispose();
  }

  #show(): void {
    const [next] = this.#pending;
    if (next === undefined) {
      if (this.#ticking !== null) clearInterval(this.#ticking);
      this.#ticking = null;
      this.#item.hide();
      return;
    }
    this.#ticking ??= setInterval(() => this.#tick(), 1000);
    const time = new Date(next.at).toLocaleTimeString(vscode.env.language);
    const left = spell(next.at - Date.now());
    this.#item.text = `$(watch) ${left}`;
    this.#item.tooltip =
      this.#pending.length === 1
        ? vscode.l10n.t('Tollgate sends the call again at {0}, if this window is open then. Click to cancel.', time)
        : vscode.l10n.t(
            '{0} calls wait to be sent again, the next at {1}. Click to cancel.',
            this.#pending.length,
            time,
          );
    this.#item.accessibilityInformation = { label: this.#item.tooltip, role: 'button' };
    this.#item.show();
  }

  #tick(): void {
    const due = this.#pending.filter(({ at }) => at <= Date.now());
    for (const { id } of due) {
      this.cancel(id);
      void vscode.commands.executeCommand('tollgate.replay', id);
    }
    this.#show();
  }

  #remember(): void {
    void this.#memory.update(stateKey, this.#pending);
  }

  async #offer(missed: readonly Pending[]): Promise<void> {
    const now = vscode.l10n.t('Replay Now');
    const message =
      missed.length === 1
        ? vscode.l10n.t('The time to send a call again came while this window was closed.')
        : vscode.l10n.t('The time to send {0} calls again came while this window was closed.', missed.length);
    if ((await vscode.window.showInformationMessage(message, now)) !== now) return;
    for (const { id } of missed) await vscode.commands.executeCommand('tollgate.replay', id);
  }
}

/** As in "0:42", "12:05" or "3:20:00". */
function spell(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${String(minutes)}:${two(seconds % 60)}`
    : `${String(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
