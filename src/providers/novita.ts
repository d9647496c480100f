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
    BILLING_FAILED: 'payment_service_outage',
    TOKEN_LIMIT_EXCEEDED: 'rate_limit',
  },
});
