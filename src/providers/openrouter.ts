import { openrouterChecks, openrouterPrice } from './accounts/openrouter.ts';
import { openrouterFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://openrouter.ai/docs/api_reference/errors-and-debugging and …/limits */
export const openrouter = vendor({
  id: 'openrouter',
  title: 'OpenRouter',
  hosts: ['openrouter.ai'],
  upstream: 'https://openrouter.ai',
  dialect: 'openai',
  keyVariable: 'OPENROUTER_API_KEY',
  keyPatterns: ['sk-or-v1-[0-9a-f]{16,}'],
  pages: {
    billing: 'https://openrouter.ai/settings/credits',
    keys: 'https://openrouter.ai/settings/keys',
    limits: 'https://openrouter.ai/docs/api_reference/limits',
    status: 'https://status.openrouter.ai',
    errors: 'https://openrouter.ai/docs/api_reference/errors-and-debugging',
    support: 'mailto:support@openrouter.ai',
  },
  cheaperModels: openrouterFamilies,
  codes: {
    openrouter_credits: 'insufficient_funds',
    openrouter_key_limit: 'spend_limit_or_budget_reached',
    openrouter_workspace_budget: 'spend_limit_or_budget_reached',
    openrouter_guardrail_budget: 'spend_limit_or_budget_reached',
    openrouter_in_flight_budget: 'rate_limit',
  },
  resells: true,
  checks: openrouterChecks,
  price: openrouterPrice,
});
