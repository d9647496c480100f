import { togetherFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://docs.together.ai/docs/error-codes */
export const together = vendor({
  id: 'together',
  title: 'Together AI',
  hosts: ['api.together.xyz', 'api.together.ai'],
  upstream: 'https://api.together.xyz',
  dialect: 'openai',
  baseUrls: [{ variable: 'TOGETHER_BASE_URL', path: '/v1' }],
  keyVariable: 'TOGETHER_API_KEY',
  pages: {
    billing: 'https://api.together.ai/settings/billing',
    keys: 'https://api.together.ai/settings/api-keys',
    errors: 'https://docs.together.ai/docs/error-codes',
    support: 'mailto:support@together.ai',
  },
  cheaperModels: togetherFamilies,
  codes: { credit_limit: 'insufficient_funds', credit_limit_exceeded: 'insufficient_funds' },
});
