import * as vscode from 'vscode';

const key = 'tollgate.pausedUntil';

/** Whether recording is paused in this window. It outlasts a reload, since who paused it had a reason. */
export class CapturePause implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  #until: number | null;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    const until = memento.get<number>(key);
    this.#until = until === undefined || (until !== -1 && until <= Date.now()) ? null : until;
    this.#watch();
  }

  /** When recording goes on by itself, in milliseconds since 1970; -1 where it does not, null where it is not paused. */
  get until(): number | null {
    return this.#until;
  }

  /** Null resumes at once. */
  async set(until: number | null): Promise<void> {
    this.#until = until;
    this.#watch();
    this.#changed.fire();
    await this.#memento.update(key, until ?? undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#until === null || this.#until === -1) return;
    this.#timer = setTimeout(() => void this.set(null), this.#until - Date.now());
  }
}
