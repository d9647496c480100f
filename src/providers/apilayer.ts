import { vendor } from './vendor.ts';

/** Refuses with 200 and `success: false`; https://docs.apilayer.com */
export const apilayer = vendor({
  id: 'apilayer',
  title: 'apilayer',
  hosts: [
    'api.apilayer.com',
    'api.currencylayer.com',
    'api.exchangeratesapi.io',
    'data.fixer.io',
    'api.marketstack.com',
    'api.aviationstack.com',
    'api.weatherstack.com',
    'api.ipstack.com',
  ],
  upstream: 'https://api.apilayer.com',
  auth: { in: 'header', name: 'apikey', scheme: '' },
  pages: { billing: 'https://apilayer.com/account' },
  codes: {
    usage_limit_reached: 'usage_quota_exceeded',
    monthly_limit_reached: 'usage_quota_exceeded',
    '104': 'usage_quota_exceeded',
    function_access_restricted: 'plan_upgrade_required',
    https_access_restricted: 'plan_upgrade_required',
    '105': 'plan_upgrade_required',
    base_currency_access_restricted: 'plan_upgrade_required',
    invalid_access_key: 'token_expired_or_invalid',
    missing_access_key: 'token_expired_or_invalid',
    '101': 'token_expired_or_invalid',
    inactive_user: 'account_suspended',
    '102': 'account_suspended',
    rate_limit_reached: 'rate_limit',
    '106': 'rate_limit',
  },
});
