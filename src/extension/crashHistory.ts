/** Milliseconds to wait before each restart; as many crashes as this within a minute are accepted. */
const delays = [50, 200, 400, 800] as const;
const window = 60_000;

/** Decides when a process that ended by itself is started again, and when that is given up. */
export class CrashHistory {
  #times: readonly number[] = [];

  /** Crashes within the last minute. */
  get count(): number {
    return this.#times.length;
  }

  /** Notes a crash. @returns milliseconds until the restart, null to give up. */
  next(now: number): number | null {
    this.#times = [...this.#times.filter((time) => now - time < window), now];
    return delays[this.#times.length - 1] ?? null;
  }

  /** After somebody started it by hand. */
  forget(): void {
    this.#times = [];
  }
}
