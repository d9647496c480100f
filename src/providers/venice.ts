import { veniceChecks } from './accounts/venice.ts';
import { veniceQuotas } from './quotas/venice.ts';
import { vendor } from './vendor.ts';

/** Every answer carries the balance in `x-venice-balance-usd`, as it was before the call. */
export const venice = vendor({
  id: 'venice',
  title: 'Venice',
  hosts: ['api.venice.ai'],
  upstream: 'https://api.venice.ai',
  dialect: 'openai',
  keyVariable: 'VENICE_API_KEY',
  pages: { billing: 'https://venice.ai/settings/api' },
  codes: {
    INSUFFICIENT_BALANCE: 'insufficient_funds',
    AUTHENTICATION_FAILED: 'token_expired_or_invalid',
    AUTHENTICATION_FAILED_INACTIVE_KEY: 'subscription_inactive_or_missing',
    UNAUTHORIZED: 'configuration_error',
  },
  checks: veniceChecks,
  quotas: veniceQuotas,
});
