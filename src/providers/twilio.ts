import { twilioChecks } from './accounts/twilio.ts';
import { vendor } from './vendor.ts';

/** https://www.twilio.com/docs/errors/20003: one error for a wrong key and for a balance of zero. */
export const twilio = vendor({
  id: 'twilio',
  title: 'Twilio',
  hosts: ['api.twilio.com', '.twilio.com'],
  upstream: 'https://api.twilio.com',
  auth: { in: 'header', name: 'Authorization', scheme: 'Basic' },
  pages: {
    billing: 'https://console.twilio.com/us1/billing',
    status: 'https://status.twilio.com',
    errors: 'https://www.twilio.com/docs/errors/20003',
    support: 'https://help.twilio.com',
  },
  codes: {
    '20008': 'configuration_error',
    '20403': 'account_suspended',
    '21215': 'region_or_policy',
    '30034': 'region_or_policy',
    '21611': 'rate_limit',
    '20104': 'token_expired_or_invalid',
    '10002': 'plan_upgrade_required',
    '20429': 'rate_limit',
    '14107': 'rate_limit',
    '20005': 'account_suspended',
    '30002': 'account_suspended',
    '21608': 'plan_upgrade_required',
    '63038': 'usage_quota_exceeded',
    '90010': 'account_suspended',
    '20003': 'token_expired_or_invalid',
    '10001': 'account_suspended',
    '30001': 'rate_limit',
    '21408': 'region_or_policy',
  },
  alsoMeans: { '20003': ['configuration_error', 'insufficient_funds', 'account_suspended'] },
  checks: twilioChecks,
});
