import type { Cause, Diagnosis, Party } from '../shared/finding.ts';
import type { Remedy } from '../shared/remedy.ts';

/**
 * What a person wants first, by cause: what mends it at once, then the very page where it is mended, then what gets by
 * without. Names of remedies; what is not named follows in the usual order.
 */
const firstFor: Readonly<Record<Cause, readonly string[]>> = {
  insufficient_funds: ['setMaxTokens', 'openLink', 'openBilling', 'checkBalance', 'replaceModel', 'changeAddress'],
  payment_method_invalid: ['openLink', 'openBilling', 'openStatus', 'openSite'],
  payment_method_expired: ['openLink', 'openBilling', 'openSite'],
  card_declined: ['openErrors', 'openLink', 'openSite'],
  subscription_expired: ['openLink', 'openBilling', 'refreshToken', 'checkBalance', 'openSite'],
  subscription_inactive_or_missing: ['openLink', 'openBilling', 'changeAddress', 'checkBalance', 'openSite'],
  usage_quota_exceeded: ['openLink', 'openLimits', 'replaceModel', 'openBilling', 'checkBalance'],
  rate_limit: ['waitInGateway', 'waitAndReplay', 'replay', 'replaceModel', 'openLimits', 'openStatus'],
  spend_limit_or_budget_reached: ['openLink', 'openLimits', 'openKeys', 'openBilling', 'checkBalance', 'setMaxTokens'],
  token_expired_or_invalid: ['refreshToken', 'setCredential', 'changeAddress', 'openKeys', 'openSite'],
  plan_upgrade_required: ['openLink', 'openBilling', 'replaceModel', 'openLimits', 'openSite'],
  payment_protocol_challenge: ['openProtocol', 'openLink', 'openErrors'],
  payment_service_outage: ['openStatus', 'waitAndReplay', 'replay', 'openSupport', 'openSite'],
  configuration_error: ['mendHeader', 'changeAddress', 'openErrors', 'setCredential', 'openKeys', 'openCatalogue'],
  account_suspended: ['openLink', 'openSupport', 'openBilling', 'openSite', 'copyReport'],
  region_or_policy: ['openLink', 'openErrors', 'changeAddress', 'openSupport', 'openSite', 'copyReport'],
};

/** Parties who are told, as nobody else can do anything. */
const others: ReadonlySet<Party> = new Set(['gateway_operator', 'site_owner', 'repository_owner']);

/** Puts first what helps most against a cause; the rest keeps its order. */
export function inOrder(
  { cause, responsibleParty }: Pick<Diagnosis, 'cause' | 'responsibleParty'>,
  remedies: readonly Remedy[],
): readonly Remedy[] {
  const first = [...(others.has(responsibleParty) ? ['copyReport'] : []), ...firstFor[cause]];
  const rank = ({ id }: Remedy): number => {
    const at = first.indexOf(id.replace(/\.\d+$/, ''));
    return at === -1 ? first.length : at;
  };
  return remedies.toSorted((a, b) => rank(a) - rank(b));
}
