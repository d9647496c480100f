import { vendor } from './vendor.ts';

/** https://inference-docs.cerebras.ai/support/error */
export const cerebras = vendor({
  id: 'cerebras',
  title: 'Cerebras',
  hosts: ['api.cerebras.ai'],
  upstream: 'https://api.cerebras.ai',
  dialect: 'openai',
  baseUrls: [{ variable: 'CEREBRAS_BASE_URL', path: '' }],
  keyVariable: 'CEREBRAS_API_KEY',
  keyPatterns: ['csk-[a-z0-9]{40,}'],
  pages: { billing: 'https://cloud.cerebras.ai' },
  codes: {
    payment_required: 'insufficient_funds',
    token_quota_exceeded: 'usage_quota_exceeded',
    request_quota_exceeded: 'usage_quota_exceeded',
    wrong_api_key: 'token_expired_or_invalid',
  },
  alsoMeans: {
    payment_required: ['payment_method_invalid'],
    token_quota_exceeded: ['rate_limit'],
    request_quota_exceeded: ['rate_limit'],
  },
});
