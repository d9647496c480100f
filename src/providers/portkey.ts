import { vendor } from './vendor.ts';

/** https://portkey.ai/docs/api-reference/inference-api/error-codes. 412 is a budget that ran out. */
export const portkey = vendor({
  id: 'portkey',
  title: 'Portkey',
  hosts: ['api.portkey.ai'],
  upstream: 'https://api.portkey.ai',
  dialect: 'openai',
  auth: { in: 'header', name: 'x-portkey-api-key', scheme: '' },
  keyVariable: 'PORTKEY_API_KEY',
  pages: { errors: 'https://portkey.ai/docs/api-reference/inference-api/error-codes' },
  codes: { AB09: 'subscription_expired' },
  statuses: { 412: 'spend_limit_or_budget_reached' },
  resells: true,
});
