import type { AccountReport } from '../shared/account.ts';
import type { CallHistory } from '../shared/callHistory.ts';
import type { CredentialLook } from '../shared/credentialLook.ts';
import type { Exchange } from '../shared/exchange.ts';
import type { Cause } from '../shared/finding.ts';
import type { ApiStatus } from '../shared/protocol.ts';
import type { Provider } from '../shared/provider.ts';
import type { Change } from './changes.ts';

/** All that the steps are told from. */
export interface Known {
  readonly exchange: Exchange;
  readonly provider: Provider | null;
  /** The vendor's name, or the host where none is known. */
  readonly title: string;
  /** As it was before anything was asked; null for a call to no declared API. */
  readonly api: ApiStatus | null;
  /** The stored credential; null where there is none in hand. */
  readonly stored: CredentialLook | null;
  /** Null where nobody could be asked. */
  readonly account: AccountReport | null;
  readonly history: CallHistory | null;
  /** What differs between the last call that was served and the first that was refused. */
  readonly changes: readonly Change[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Which step a cause belongs to. */
export const stepOf: Readonly<Record<Cause, 'payment' | 'subscription' | 'token' | 'usage'>> = {
  insufficient_funds: 'payment',
  payment_method_invalid: 'payment',
  payment_method_expired: 'payment',
  card_declined: 'payment',
  payment_protocol_challenge: 'payment',
  payment_service_outage: 'payment',
  spend_limit_or_budget_reached: 'payment',
  subscription_expired: 'subscription',
  subscription_inactive_or_missing: 'subscription',
  plan_upgrade_required: 'subscription',
  usage_quota_exceeded: 'subscription',
  account_suspended: 'subscription',
  region_or_policy: 'subscription',
  token_expired_or_invalid: 'token',
  configuration_error: 'token',
  rate_limit: 'usage',
};

/** Whether the provider knew whose call it refused: what it says of an account, it says of an account that it found. */
export function accountWasKnown({ diagnosis }: Exchange): boolean {
  if (diagnosis === null) return true;
  const { cause } = diagnosis;
  return stepOf[cause] !== 'token' && cause !== 'payment_protocol_challenge' && cause !== 'payment_service_outage';
}
