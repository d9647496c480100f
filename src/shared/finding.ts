import type { AccessFailureCode } from './access.ts';
import type { AccountState } from './account.ts';
import type { CallSite } from './callSite.ts';
import type { ExchangeId } from './exchange.ts';
import type { Relief } from './recourse.ts';
import type { Text } from './text.ts';

/** Why a paid API refused. These are the wire names and the stable codes of diagnostics. */
export const causes = [
  'insufficient_funds',
  'payment_method_invalid',
  'payment_method_expired',
  'card_declined',
  'subscription_expired',
  'subscription_inactive_or_missing',
  'usage_quota_exceeded',
  'rate_limit',
  'spend_limit_or_budget_reached',
  'token_expired_or_invalid',
  'plan_upgrade_required',
  'payment_protocol_challenge',
  'payment_service_outage',
  'configuration_error',
  'account_suspended',
  'region_or_policy',
] as const;
export type Cause = (typeof causes)[number];

/** Who has to act. */
export const parties = [
  'caller',
  'gateway_operator',
  'site_owner',
  'end_customer',
  'org_admin',
  'repository_owner',
  'provider',
] as const;
export type Party = (typeof parties)[number];

/** A quotation from the exchange. `path` is a header's name or a JSON pointer (RFC 6901); empty for the whole. */
export interface Evidence {
  readonly source: 'request' | 'status' | 'header' | 'body' | 'trailer';
  readonly path: string;
  readonly quote: string;
}

/** Whether the same call can succeed later without anybody acting. `afterSeconds` is null where no time was given. */
export interface Retry {
  readonly helps: boolean;
  readonly afterSeconds: number | null;
}

/** One way to pay that a price tag offers (x402, L402, the Payment scheme, Cloudflare's pay per crawl). */
export interface PaymentOffer {
  readonly protocol: 'x402' | 'l402' | 'mpp' | 'cloudflare';
  /** How the payment is made, as the protocol names it: `exact`, `tempo charge`. */
  readonly scheme: string | null;
  /** In whole units of `asset`, as exact decimals; null where the offer does not say, or not in known units. */
  readonly amount: string | null;
  /** `USDC`, `sat`, `USD`; a contract's address where its name is not known. */
  readonly asset: string | null;
  readonly network: string | null;
  readonly payTo: string | null;
  readonly description: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
}

/** What a refusal at Tollgate's own door was about. */
export interface AccessFacts {
  readonly code: AccessFailureCode;
  readonly application?: string;
  readonly subscription?: string;
  readonly key?: string;
  /** Whose policy is in the way. */
  readonly team?: string;
  /** A name under `budgets`. */
  readonly budget?: string;
  readonly measure?: string;
}

/** The stable codes of refusals by an API's own published description. */
export const routeFailureCodes = ['unknown_path', 'unknown_version', 'method_not_allowed', 'api_retired'] as const;

/** What a refusal by an API's own description was about. */
export interface RouteFacts {
  readonly code: (typeof routeFailureCodes)[number];
  readonly version?: string;
  /** The described operation most like the call, as in `GET /v1/orders/{id}`. */
  readonly nearest?: string;
  /** Where to go instead of what is retired: a URL. */
  readonly successor?: string;
  /** A page about it. */
  readonly link?: string;
  /** The methods that the path takes. */
  readonly allow?: readonly string[];
}

/** Numbers found in the exchange, for fixes and sentences. Money is in units of `currency` (ISO 4217), never cents. */
export interface Facts {
  readonly requestedTokens?: number;
  readonly affordableTokens?: number;
  readonly price?: number;
  readonly balance?: number;
  readonly currency?: string;
  readonly limit?: number;
  readonly used?: number;
  readonly remaining?: number;
  /** When the limit resets, in milliseconds since 1970. */
  readonly resetAt?: number;
  readonly model?: string;
  readonly requestId?: string;
  /** Which budget of `tollgate.jsonc` is spent, where Tollgate itself refused. */
  readonly budget?: 'api' | 'all';
  /** Present where Tollgate itself refused at its door. */
  readonly access?: AccessFacts;
  /** Present where Tollgate itself refused, because the API's published description has no such call. */
  readonly route?: RouteFacts;
  /** A page that the answer itself points to. */
  readonly link?: string;
  /** The ways to pay for this very call, in the order of the answer. */
  readonly offers?: readonly PaymentOffer[];
}

/** What the rules concluded about one exchange. Plain data, so that it can be stored and cross process lines. */
export interface Diagnosis {
  /** The rule that spoke; the name of its file. */
  readonly rule: string;
  readonly cause: Cause;
  /** Other causes the same bytes may have, likeliest first. */
  readonly alternatives: readonly Cause[];
  readonly responsibleParty: Party;
  /** From 0 to 1. */
  readonly confidence: number;
  /** One sentence for a person, without secrets. */
  readonly summary: Text;
  readonly evidence: readonly Evidence[];
  readonly retry: Retry;
  readonly facts: Facts;
  /** Present where the program got an answer nevertheless. */
  readonly relief?: Relief;
}

/** What was found out about the account behind a finding, when somebody asked the vendor. */
export interface AccountNote {
  readonly state: AccountState;
  readonly sentence: Text;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** An open problem at a place: the newest diagnosis there, and how often it came. */
export interface Finding {
  /** Stable for the place and API: one finding lives here at a time. */
  readonly key: string;
  readonly diagnosis: Diagnosis;
  readonly api: string | null;
  readonly provider: string | null;
  readonly callSite: CallSite | null;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number | null;
  /** The newest exchange that showed it. */
  readonly exchangeId: ExchangeId;
  readonly exchangeNumber: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Times in a row, since the last success. */
  readonly count: number;
  /** True where the newest of them was rehearsed. */
  readonly simulated: boolean;
  /** Absent until the account was verified. */
  readonly account?: AccountNote;
}

/** Causes that pass by themselves are warnings, and so is what a fallback made good; others stop the program. */
export function findingSeverity({ cause, relief }: Pick<Diagnosis, 'cause' | 'relief'>): 'error' | 'warning' {
  return relief !== undefined || cause === 'rate_limit' || cause === 'payment_service_outage' ? 'warning' : 'error';
}
