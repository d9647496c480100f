/** What the demo's customer owns at each vendor. */
export type Account = 'openrouter' | 'openai' | 'anthropic' | 'deepseek';

/** Tokens that the OpenRouter balance covers at the start, so that a modest call works and a greedy one does not. */
const startingTokens = 412;
const toppedUpTokens = 50_000;
/** Calls that one top-up buys elsewhere. */
const toppedUpCalls = 20;
/** Usage is booked in batches, as vendors do, so a call that just worked works again. */
const callsPerBooking = 5;

/** The balances of the sandbox. They fall with each call that is answered. */
export class Ledger {
  #tokens = startingTokens;
  #unbooked: number[] = [];
  readonly #calls = new Map<Account, number>();

  /** Tokens of output that the OpenRouter balance covers. */
  get affordableTokens(): number {
    return this.#tokens;
  }

  spendTokens(tokens: number): void {
    this.#unbooked.push(tokens);
    if (this.#unbooked.length < callsPerBooking) return;
    const booked = this.#unbooked.reduce((sum, one) => sum + one, 0);
    this.#tokens = Math.max(0, this.#tokens - booked);
    this.#unbooked = [];
  }

  /** True where the account had credit for one call, which is now spent. */
  spendCall(account: Account): boolean {
    const left = this.#calls.get(account) ?? 0;
    if (left > 0) this.#calls.set(account, left - 1);
    return left > 0;
  }

  /** Calls that the account's credit covers. */
  callsLeft(account: Account): number {
    return this.#calls.get(account) ?? 0;
  }

  topUp(): void {
    this.#tokens = toppedUpTokens;
    for (const account of ['openai', 'anthropic', 'deepseek'] as const) this.#calls.set(account, toppedUpCalls);
  }

  /** Back to the start. */
  reset(): void {
    this.#tokens = startingTokens;
    this.#unbooked = [];
    this.#calls.clear();
  }

  describe(): Readonly<Record<Account, string>> {
    const calls = (account: Account): string => `${String(this.callsLeft(account))} calls`;
    return {
      openrouter: `${String(this.#tokens)} tokens`,
      openai: calls('openai'),
      anthropic: calls('anthropic'),
      deepseek: calls('deepseek'),
    };
  }
}
