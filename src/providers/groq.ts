import { periods } from '../shared/gauge.ts';
import { groqFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://console.groq.com/docs/errors. Requests are counted a day, tokens a minute; only the sentence tells which ran out. */
export const groq = vendor({
  id: 'groq',
  title: 'Groq',
  hosts: ['api.groq.com'],
  upstream: 'https://api.groq.com',
  dialect: 'openai',
  baseUrls: [{ variable: 'GROQ_BASE_URL', path: '' }],
  keyVariable: 'GROQ_API_KEY',
  keyPatterns: ['gsk_[A-Za-z0-9]{40,}'],
  pages: {
    billing: 'https://console.groq.com/settings/billing',
    keys: 'https://console.groq.com/keys',
    limits: 'https://console.groq.com/docs/rate-limits',
    errors: 'https://console.groq.com/docs/errors',
    support: 'mailto:support@groq.com',
  },
  cheaperModels: groqFamilies,
  codes: {
    organization_restricted: 'account_suspended',
    blocked_api_access: 'spend_limit_or_budget_reached',
    rate_limit_exceeded: 'rate_limit',
    invalid_api_key: 'token_expired_or_invalid',
    expired_api_key: 'token_expired_or_invalid',
    model_terms_required: 'region_or_policy',
    model_permission_blocked_project: 'configuration_error',
    model_permission_blocked_org: 'configuration_error',
  },
  alsoMeans: { rate_limit_exceeded: ['usage_quota_exceeded', 'plan_upgrade_required'] },
  // https://console.groq.com/docs/rate-limits
  quotas: { windows: { requests: periods.day, tokens: periods.minute }, refills: true },
});
