import { anthropicQuotas } from './quotas/anthropic.ts';
import { anthropicFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://docs.anthropic.com/en/api/errors. Refusals over money carry 400, 402 and 429, so sentences decide there. */
export const anthropic = vendor({
  id: 'anthropic',
  title: 'Anthropic',
  hosts: ['api.anthropic.com'],
  upstream: 'https://api.anthropic.com',
  dialect: 'anthropic',
  auth: { in: 'header', name: 'x-api-key', scheme: '' },
  baseUrls: [{ variable: 'ANTHROPIC_BASE_URL', path: '' }],
  keyVariable: 'ANTHROPIC_API_KEY',
  keyPatterns: ['sk-ant-[A-Za-z0-9_-]{20,}'],
  pages: {
    billing: 'https://console.anthropic.com/settings/billing',
    keys: 'https://console.anthropic.com/settings/keys',
    limits: 'https://console.anthropic.com/settings/limits',
    status: 'https://status.anthropic.com',
    errors: 'https://docs.anthropic.com/en/api/errors',
    support: 'https://support.claude.com',
  },
  cheaperModels: anthropicFamilies,
  codes: {
    billing_error: 'insufficient_funds',
    contract_spend_limit_reached: 'spend_limit_or_budget_reached',
    authentication_error: 'token_expired_or_invalid',
  },
  alsoMeans: { billing_error: ['payment_method_invalid', 'spend_limit_or_budget_reached'] },
  quotas: anthropicQuotas,
});
