import type { CredentialState, RefreshOutcome, Secret } from '../../shared/secret.ts';

/** One declared credential at work, of whatever kind. */
export interface Credential {
  state(): CredentialState;
  /** What to send; null where no secret is in hand. Fails with a `ChannelError` (code `credential_unavailable`). */
  value(): Promise<string | null>;
  refresh(): Promise<RefreshOutcome>;
  /** After the stored secret changed; null where there is none any more. */
  setSecret(secret: Secret | null): void;
  /** Every secret in hand, those just replaced included: calls under way may still carry them. */
  values(): readonly string[];
  dispose(): void;
}

/** What every credential is given. */
export interface CredentialContext {
  /** The name under which its secret is stored. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onChanged: () => void;
}

const rememberedSecrets = 8;

/** The newest few secrets of a credential that renews itself. */
export class RecentSecrets {
  readonly #values = new Set<string>();

  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (value === null || value === undefined || value === '') continue;
      this.#values.delete(value);
      this.#values.add(value);
    }
    for (const oldest of this.#values) {
      if (this.#values.size <= rememberedSecrets) return;
      this.#values.delete(oldest);
    }
  }

  list(): readonly string[] {
    return [...this.#values];
  }
}
