/** How the wait for a gate ended: `late` where it would last longer than the call may wait, `full` where too many do. */
export type Admission = 'through' | 'full' | 'late' | 'gone';

/** What a call waits with. */
export interface Ticket {
  /** Its place in the order; smaller goes first. A call that was refused keeps its own. */
  readonly ordinal: number;
  /** When it may no longer wait, on the gate's clock. */
  readonly deadline: number;
  /** Calls back once when the caller has left. */
  onGone(listener: () => void): void;
}

interface Waiter {
  readonly ticket: Ticket;
  readonly settle: (admission: Admission) => void;
}

/** Milliseconds between two calls that are let go; halved by each that is answered well. */
const firstPace = 250;
/** Below this, all go at once. */
const lastPace = 8;

/** A gate before an upstream: shut until the time that a refusal named, then let go one by one, ever faster. */
export class Gate {
  readonly #now: () => number;
  readonly #onChanged: () => void;
  readonly #waiting: Waiter[] = [];
  #shutUntil = 0;
  #pace = 0;
  #nextAt = 0;
  #timer: NodeJS.Timeout | null = null;

  /** `now` is the clock, in milliseconds; `onChanged` hears when calls begin or end to wait. */
  constructor(onChanged: () => void, now: () => number = Date.now) {
    this.#onChanged = onChanged;
    this.#now = now;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Until when it is shut; null where it is open. */
  get shutUntil(): number | null {
    return this.#shutUntil > this.#now() ? this.#shutUntil : null;
  }

  /** Whether a call may go on without waiting. */
  get isOpen(): boolean {
    return this.#waiting.length === 0 && this.#shutUntil <= this.#now();
  }

  /** Resolves when the call may go on, or must not wait any longer. */
  enter(ticket: Ticket, maxQueued: number): Promise<Admission> {
    if (this.isOpen) return Promise.resolve('through');
    if (this.#waiting.length >= maxQueued) return Promise.resolve('full');
    if (ticket.deadline < this.#shutUntil) return Promise.resolve('late');
    return new Promise((resolve) => {
      const waiter: Waiter = { ticket, settle: resolve };
      const behind = this.#waiting.findIndex((other) => other.ticket.ordinal > ticket.ordinal);
      this.#waiting.splice(behind === -1 ? this.#waiting.length : behind, 0, waiter);
      ticket.onGone(() => this.#drop(waiter));
      this.#schedule();
      this.#onChanged();
    });
  }

  /** A refusal named a time. Those that cannot wait for it are told so now. */
  shut(until: number): void {
    if (until > this.#shutUntil) this.#shutUntil = until;
    this.#pace = firstPace;
    const late = this.#waiting.filter(({ ticket }) => ticket.deadline < this.#shutUntil);
    for (const waiter of late) this.#remove(waiter)?.settle('late');
    this.#schedule();
    this.#onChanged();
  }

  /** A call was answered well: the next ones may follow faster. */
  answered(): void {
    if (this.#pace === 0 || this.#shutUntil > this.#now()) return;
    this.#pace = this.#pace / 2 < lastPace ? 0 : this.#pace / 2;
    this.#nextAt = Math.min(this.#nextAt, this.#now() + this.#pace);
    this.#schedule();
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const { settle } of this.#waiting.splice(0)) settle('through');
  }

  #drop(waiter: Waiter): void {
    if (this.#remove(waiter) === null) return;
    waiter.settle('gone');
    this.#onChanged();
  }

  #remove(waiter: Waiter): Waiter | null {
    const at = this.#waiting.indexOf(waiter);
    if (at === -1) return null;
    this.#waiting.splice(at, 1);
    return waiter;
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const wait = Math.max(this.#shutUntil - this.#now(), this.#nextAt - this.#now(), 0);
    this.#timer = setTimeout(() => this.#letGo(), wait);
  }

  #letGo(): void {
    this.#timer = null;
    if (this.#shutUntil <= this.#now()) {
      const count = this.#pace === 0 ? this.#waiting.length : 1;
      for (const { settle } of this.#waiting.splice(0, count)) settle('through');
      this.#nextAt = this.#now() + this.#pace;
      this.#onChanged();
    }
    this.#schedule();
  }
}
