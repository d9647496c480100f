import { vendor } from './vendor.ts';

/** Codes in capitals in `reason`. */
export const novita = vendor({
  id: 'novita',
  title: 'Novita AI',
  hosts: ['api.novita.ai'],
  upstream: 'https://api.novita.ai',
  dialect: 'openai',
  keyVariable: 'NOVITA_API_KEY',
  pages: { billing: 'https://novita.ai/billing' },
  codes: {
    NOT_ENOUGH_BALANCE: 'insufficient_funds',
    INVALID_API_KEY: 'token_expired_or_invalid',
    RATE_LIMIT_EXCEEDED: 'rate_limit',
    BILLING_BALANCE_NOT_ENOUGH: 'insufficient_funds',
    FAILED_TO_AUTH: 'token_expired_or_invalid',
    ACCESS_DENY: 'configuration_error',
    BILLING_AUTH_FAILED: 'payment_service_outage',
    BILLING_FAILED: 'payment_service_outage',
    TOKEN_LIMIT_EXCEEDED: 'rate_limit',
  },
});
