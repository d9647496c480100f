import { xChecks } from './accounts/x.ts';
import { vendor } from './vendor.ts';

/** https://docs.x.com/x-api. Problem documents; the last segment of `type` names the cause. */
export const x = vendor({
  id: 'x',
  title: 'X',
  hosts: ['api.x.com', 'api.twitter.com'],
  upstream: 'https://api.x.com',
  pages: { billing: 'https://console.x.com', errors: 'https://docs.x.com/x-api' },
  codes: {
    'credits-depleted': 'insufficient_funds',
    CreditsDepleted: 'insufficient_funds',
    'usage-capped': 'usage_quota_exceeded',
    'client-not-enrolled': 'configuration_error',
    'client-forbidden': 'plan_upgrade_required',
    'unsupported-authentication': 'configuration_error',
  },
  alsoMeans: { 'client-forbidden': ['configuration_error'] },
  checks: xChecks,
});
