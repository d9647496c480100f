import { vendor } from './vendor.ts';

/** Each message has a status of its own under 200. https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms */
export const vonage = vendor({
  id: 'vonage',
  title: 'Vonage',
  hosts: ['rest.nexmo.com', 'api.nexmo.com', 'api.vonage.com'],
  upstream: 'https://rest.nexmo.com',
  auth: { in: 'query', name: 'api_secret' },
  pages: {
    billing: 'https://dashboard.nexmo.com/billing-and-payments',
    keys: 'https://dashboard.nexmo.com/settings',
    errors: 'https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms',
  },
  codes: {
    '32': 'token_expired_or_invalid',
    '1': 'rate_limit',
    '4': 'token_expired_or_invalid',
    '8': 'account_suspended',
    '9': 'insufficient_funds',
    '14': 'token_expired_or_invalid',
    '29': 'configuration_error',
  },
});
