import { ChannelError } from '../../shared/channel.ts';
import type { RefreshOutcome } from '../../shared/secret.ts';
import { endsAt, isUsable, renewAt, type Token } from './token.ts';

/** How one attempt to renew ended. `retryAfter` is in milliseconds, where the other side named a time. */
export type Renewal =
  | { readonly kind: 'renewed'; readonly token: Token }
  | { readonly kind: 'dead'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly retryAfter?: number };

export interface RenewableOptions {
  /** Obtains a new token. What it returns after `signal` was aborted is ignored. */
  readonly renew: (signal: AbortSignal) => Promise<Renewal>;
  readonly onChanged: () => void;
  /** Whether to renew ahead of time a token that nobody has used since it was obtained. */
  readonly renewUnused: boolean;
}

/** `resting`: nothing in the way. `renewing`: an attempt is under way. `failing`: the last attempt failed. */
export type RenewableState =
  | { readonly kind: 'resting' }
  | { readonly kind: 'renewing' }
  | { readonly kind: 'failing'; readonly message: string; readonly at: number }
  | { readonly kind: 'dead'; readonly message: string };

/** Between attempts, however soon a token claims to end. */
const shortestPause = 1_000;
const firstRetry = 5_000;
const longestRetry = 5 * 60_000;
/** How long callers are answered with the last failure instead of a further attempt. */
const longestSilence = 10_000;
const longestTimer = 24 * 3_600_000;

/**
 * A token that can be obtained anew: ahead of time by a timer, on demand by whoever needs it, or by wish. However many
 * wait, one attempt is under way. A token that is still good survives failed attempts.
 */
export class Renewable {
  readonly #options: RenewableOptions;
  #token: Token | null = null;
  #used = false;
  #problem: Extract<RenewableState, { message: string }> | null = null;
  #failures = 0;
  #nextAttempt = 0;
  #silentUntil = 0;
  #attempt: { readonly done: Promise<Renewal>; readonly abort: AbortController } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: RenewableOptions) {
    this.#options = options;
  }

  get token(): Token | null {
    return this.#token;
  }

  get state(): RenewableState {
    if (this.#attempt !== null) return { kind: 'renewing' };
    return this.#problem ?? { kind: 'resting' };
  }

  /** Begins anew, as after a change of secret: forgets failures, and gives up an attempt under way. */
  reset(token: Token | null): void {
    this.#attempt?.abort.abort();
    this.#attempt = null;
    this.#token = token;
    this.#used = false;
    this.#problem = null;
    this.#failures = 0;
    this.#nextAttempt = 0;
    this.#silentUntil = 0;
    this.#schedule();
  }

  /** A usable token, obtained first where there is none. Fails with code `credential_unavailable`. */
  async use(): Promise<Token> {
    const now = Date.now();
    if (this.#token !== null && isUsable(this.#token, now)) {
      if (!this.#used) {
        this.#used = true;
        this.#schedule();
      }
      // A timer may be late by hours, as after a laptop's sleep.
      const due = this.#attemptDue();
      if (due !== null && due <= now && this.#attempt === null) void this.#renew();
      return this.#token;
    }
    if (this.#problem !== null && (this.#problem.kind === 'dead' || now < this.#silentUntil))
      throw new ChannelError('credential_unavailable', this.#problem.message);
    const renewal = await this.#renew();
    if (renewal.kind !== 'renewed') throw new ChannelError('credential_unavailable', renewal.message);
    this.#used = true;
    return renewal.token;
  }

  /** Obtains a token now, whatever is in hand, unless only a person can help. */
  async refresh(): Promise<RefreshOutcome> {
    if (this.#problem?.kind === 'dead') return { kind: 'signInAgain', message: this.#problem.message };
    const renewal = await this.#renew();
    switch (renewal.kind) {
      case 'renewed':
        return { kind: 'refreshed', expiresAt: renewal.token.expiresAt };
      case 'dead':
        return { kind: 'signInAgain', message: renewal.message };
      case 'failed':
        return { kind: 'failed', message: renewal.message };
    }
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#attempt?.abort.abort();
  }

  #renew(): Promise<Renewal> {
    if (this.#attempt !== null) return this.#attempt.done;
    const abort = new AbortController();
    const attempt = { abort, done: this.#attemptToRenew(abort) };
    this.#attempt = attempt;
    this.#options.onChanged();
    return attempt.done;
  }

  async #attemptToRenew(abort: AbortController): Promise<Renewal> {
    // Lets `#attempt` be set before anything can settle.
    await Promise.resolve();
    const renewal = await this.#options.renew(abort.signal).catch((error: unknown): Renewal => ({
      kind: 'failed',
      message: error instanceof Error ? error.message : String(error),
    }));
    if (this.#attempt?.abort === abort) {
      this.#attempt = null;
      this.#settle(renewal);
      return renewal;
    }
    if (this.#disposed) return { kind: 'failed', message: 'The credential has changed meanwhile. Try again.' };
    const token = this.#token;
    return token !== null && isUsable(token, Date.now()) ? { kind: 'renewed', token } : this.#renew();
  }

  #settle(renewal: Renewal): void {
    if (renewal.kind === 'renewed') {
      this.#token = renewal.token;
      this.#used = false;
      this.#problem = null;
      this.#failures = 0;
      this.#nextAttempt = Date.now() + shortestPause;
    } else {
      const { message } = renewal;
      this.#problem =
        renewal.kind === 'dead' ? { kind: 'dead', message } : { kind: 'failing', message, at: Date.now() };
      const pause = Math.min(longestRetry, firstRetry * 2 ** this.#failures) * (0.5 + Math.random() / 2);
      const wait = Math.max(pause, renewal.kind === 'failed' ? Math.min(renewal.retryAfter ?? 0, longestRetry) : 0);
      this.#failures++;
      this.#nextAttempt = Date.now() + wait;
      this.#silentUntil = Date.now() + Math.min(wait, longestSilence);
    }
    this.#schedule();
    this.#options.onChanged();
  }

  /** One timer for whatever comes next: an attempt ahead of time, or the moment at which the token ends. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#disposed || this.#token === null) return;
    const now = Date.now();
    const due = this.#attemptDue();
    const end = endsAt(this.#token);
    const moments = [due, end !== null && end > now ? end : null].filter((moment) => moment !== null);
    if (moments.length === 0) return;
    const delay = Math.min(longestTimer, Math.max(0, Math.min(...moments) - now));
    this.#timer = setTimeout(() => this.#wake(), Math.ceil(delay));
    this.#timer.unref();
  }

  /** When to try ahead of time; null where nothing calls for it. */
  #attemptDue(): number | null {
    if (this.#token === null || this.#problem?.kind === 'dead') return null;
    if (!this.#used && !this.#options.renewUnused) return null;
    const due = renewAt(this.#token);
    return due === null ? null : Math.max(due, this.#nextAttempt);
  }

  #wake(): void {
    const due = this.#attemptDue();
    if (due !== null && due <= Date.now() && this.#attempt === null) void this.#renew();
    else this.#options.onChanged();
    if (this.#attempt === null) this.#schedule();
  }
}
