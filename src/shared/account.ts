import type { HeaderList } from './exchange.ts';
import type { CredentialPlacement } from './provider.ts';
import { text, type Text } from './text.ts';

/** What is known of an account. `stale`: there is a number, and it is known to lag behind. */
export type AccountState = 'funded' | 'unfunded' | 'unknown' | 'stale';

/**
 * Why it is not known whether an account has funds. `no_balance`: the endpoint tells spend only. `not_the_payer`: the
 * balance told is not the one that calls are paid from. `key_may_not_ask`: a management key is needed.
 */
export type AccountDoubt =
  | 'no_endpoint'
  | 'no_balance'
  | 'not_the_payer'
  | 'no_credential'
  | 'key_may_not_ask'
  | 'unauthorized'
  | 'unreachable'
  | 'busy'
  | 'unreadable';

/** Numbers of an account. Money is in units of the currency, never cents. */
export interface AccountFigures {
  /** What is left; negative where it is owed. */
  readonly amount?: number;
  /** ISO 4217, or what is counted: `credits`, `characters` … */
  readonly unit?: string;
  readonly limit?: number;
  readonly used?: number;
  /** When the limit resets, in milliseconds since 1970. */
  readonly resetAt?: number;
}

/** What one endpoint says. `why` is null but where the state is `unknown`. */
export interface AccountReading {
  readonly state: AccountState;
  readonly why: AccountDoubt | null;
  readonly figures: AccountFigures;
  readonly sentence: Text;
}

/** What an answer has beside its JSON. */
export interface AccountAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  /** Who was asked, without the port. */
  readonly host: string;
  /** The JSON of the request that went before; null where there was none. */
  readonly before: unknown;
}

/** How to ask a vendor's documented endpoint for what is left, and how to read the answer. */
export interface AccountCheck {
  /** Names it among the checks of its provider. */
  readonly id: string;
  /** Whether it tells of all the account has, or of the key's own limit only. */
  readonly covers: 'account' | 'key';
  /** Hosts that have it, where not all hosts of the vendor do. */
  readonly hosts?: readonly string[];
  readonly method?: 'GET' | 'POST';
  /**
   * A path behind the API's root, or an absolute URL where it is another host. `{name}` is filled with what `before`
   * found, or with `monthStart` (unix seconds), `month`, `today`, `tomorrow` (dates, UTC).
   */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Where the credential goes, where not as in other calls. */
  readonly auth?: CredentialPlacement;
  /** The environment variable with the management key without which it cannot be asked. */
  readonly managementKey?: string;
  /** Asked first, for what `path` needs. Null where the answer does not have it. */
  readonly before?: {
    readonly path: string;
    readonly find: (json: unknown) => Readonly<Record<string, string>> | null;
  };
  /** Reads the JSON of a successful answer; null where it is not of the form documented. */
  readonly read: (json: unknown, answer: AccountAnswer) => AccountReading | null;
}

/** What tokens cost; null for those of input where only output is known. */
export interface TokenPrice {
  readonly perToken: number;
  readonly perInputToken?: number | null;
  readonly unit: string;
}

/** How to ask what tokens cost with a model. */
export interface PriceCheck {
  /** A path behind the API's root, for a model as it stands in requests; null where the model has none. */
  readonly path: (model: string) => string | null;
  readonly read: (json: unknown) => TokenPrice | null;
}

/** The outcome of verifying an account. */
export interface AccountReport extends AccountReading {
  readonly api: string;
  readonly title: string;
  readonly provider: string | null;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
  /** What the call in question needs, in the unit of the figures; null where that is not known or nobody asked. */
  readonly need: number | null;
  /** How long an answer to that call can be with what is left, in tokens; absent or null where that is not known. */
  readonly affordableTokens?: number | null;
  /** Each endpoint that was asked; `status` is null where none answered. */
  readonly checks: readonly {
    readonly id: string;
    readonly host: string;
    readonly status: number | null;
    readonly reading: AccountReading;
  }[];
  /** The page where a person sees it. */
  readonly page: string | null;
}

/** A number with its unit, as in `0.42 USD` or `1,200 credits`. */
export function amountText(value: number, unit: string): string {
  return `${numberText(value, unit)} ${unit}`;
}

/** A number as people write amounts of that unit: money with cents, small sums with as many digits as tell something. */
export function numberText(value: number, unit: string): string {
  if (!isCurrency(unit)) return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  const size = Math.abs(value);
  if (size >= 0.1 || size === 0) return value.toFixed(2);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}

function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

/** The sentence of a report; with what the call needs, where `ofCall` says that the call asked about is meant. */
export function accountSentence({ state, figures, sentence, need }: AccountReport, ofCall: boolean): Text {
  const { amount, unit } = figures;
  if (!ofCall || need === null || amount === undefined || unit === undefined || state === 'unknown') return sentence;
  return state === 'stale'
    ? text('{0} left when it was last settled, this call needs {1}.', amountText(amount, unit), numberText(need, unit))
    : text('{0} left, this call needs {1}.', amountText(amount, unit), numberText(need, unit));
}
