import type { AccountCheck, PriceCheck } from './account.ts';
import type { Cause } from './finding.ts';
import type { Quotas } from './gauge.ts';

/** Where a credential goes in a request. `scheme` is put before the value with a space (`Bearer`); empty for raw. */
export type CredentialPlacement =
  | { readonly in: 'header'; readonly name: string; readonly scheme: string }
  | { readonly in: 'query'; readonly name: string };

/** What is known of one vendor: facts only, each with its source in the provider's file. */
export interface Provider {
  /** The name of its file and the value of `provider` in `tollgate.jsonc`. */
  readonly id: string;
  readonly title: string;
  /** Hosts that bill here: exact names, or `.example.com` for a whole domain. */
  readonly hosts: readonly string[];
  /** Where `http://127.0.0.1:PORT/<api>/…` goes; the request's path is appended as it is. */
  readonly upstream: string;
  readonly dialect: 'openai' | 'anthropic' | 'gemini' | 'stripe' | 'other';
  readonly auth: CredentialPlacement;
  /** Variables that point this vendor's SDKs elsewhere; `path` is what the SDK expects behind the API's root. */
  readonly baseUrls: readonly { readonly variable: string; readonly path: string }[];
  /** The variable in which the vendor's SDK looks for its key. */
  readonly keyVariable: string | null;
  /** How issued keys look; a match is redacted wherever it stands. Sources of a RegExp, flags none. */
  readonly keyPatterns: readonly string[];
  readonly pages: {
    readonly billing: string | null;
    readonly keys: string | null;
    readonly limits: string | null;
    readonly status: string | null;
    readonly errors: string | null;
    /** Where a person writes to: a page, or `mailto:` and an address. */
    readonly support: string | null;
  };
  /** OAuth 2.0 token endpoint, where the vendor has one. */
  readonly tokenUrl: string | null;
  /** Cheaper models of the same family, for the fix that swaps one for another. */
  readonly cheaperModels: readonly { readonly model: RegExp; readonly instead: readonly string[] }[];
  /**
   * What its own error codes mean, by the value as it stands in the answer (`error.code`, `error.type`, a header …).
   * Read before anything that holds for all vendors.
   */
  readonly codes?: Readonly<Record<string, Cause>>;
  /** What its unusual statuses mean where the body says nothing. */
  readonly statuses?: Readonly<Record<number, Cause>>;
  /** What its codes may also mean: the same bytes, another cause. By the code's value; `*` for whatever it sends. */
  readonly alsoMeans?: Readonly<Record<string, readonly Cause[]>>;
  /** Codes of requests that are wrong in themselves, however much their words sound of paying. */
  readonly ordinary?: readonly string[];
  /** True where it charges the caller's own customers: a card that fails here is a customer's. */
  readonly charges?: boolean;
  /** True where it sells other vendors' services: an error relayed from one of those may be its own unpaid bill. */
  readonly resells?: boolean;
  /** How to ask what the account has left. Absent where the vendor has no endpoint that tells. */
  readonly checks?: readonly AccountCheck[];
  readonly price?: PriceCheck;
  /** What its quota headers mean, where their names do not say it. */
  readonly quotas?: Quotas;
}
