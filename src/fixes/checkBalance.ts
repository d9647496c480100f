import type { Cause } from '../shared/finding.ts';
import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';

const aboutMoney: ReadonlySet<Cause> = new Set([
  'insufficient_funds',
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
  'plan_upgrade_required',
  'subscription_expired',
  'subscription_inactive_or_missing',
  'account_suspended',
]);

/** Asks the vendor what is left, where money or quota may be the cause and there is somebody to ask. */
export const checkBalance: Fix = ({ finding, provider, credential }) => {
  const { cause, alternatives, responsibleParty } = finding.diagnosis;
  if (finding.api === null || credential === null || ![cause, ...alternatives].some((one) => aboutMoney.has(one)))
    return [];
  // The account that is empty is not the one that could be asked about.
  if (responsibleParty === 'gateway_operator' || responsibleParty === 'end_customer') return [];
  if (provider !== null && (provider.checks ?? []).length === 0) return [];
  return [{ kind: 'call', id: 'checkBalance', title: text('Check the balance now'), call: 'verifyAccount' }];
};
