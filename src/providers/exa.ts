import { vendor } from './vendor.ts';

/** `tag` names the cause. */
export const exa = vendor({
  id: 'exa',
  title: 'Exa',
  hosts: ['api.exa.ai'],
  upstream: 'https://api.exa.ai',
  auth: { in: 'header', name: 'x-api-key', scheme: '' },
  keyVariable: 'EXA_API_KEY',
  pages: { billing: 'https://dashboard.exa.ai/billing', keys: 'https://dashboard.exa.ai/api-keys' },
  codes: {
    NO_MORE_CREDITS: 'insufficient_funds',
    API_KEY_BUDGET_EXCEEDED: 'spend_limit_or_budget_reached',
    INVALID_API_KEY: 'token_expired_or_invalid',
  },
});
