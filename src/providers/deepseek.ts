import { deepseekChecks } from './accounts/deepseek.ts';
import { deepseekFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://api-docs.deepseek.com/quick_start/error_codes. Its `error.code` says nothing: 401 and 402 share one. */
export const deepseek = vendor({
  id: 'deepseek',
  title: 'DeepSeek',
  hosts: ['api.deepseek.com'],
  upstream: 'https://api.deepseek.com',
  dialect: 'openai',
  keyVariable: 'DEEPSEEK_API_KEY',
  keyPatterns: ['sk-[0-9a-f]{32}'],
  pages: {
    billing: 'https://platform.deepseek.com/top_up',
    keys: 'https://platform.deepseek.com/api_keys',
    limits: 'https://api-docs.deepseek.com/quick_start/rate_limit',
    status: 'https://status.deepseek.com',
    errors: 'https://api-docs.deepseek.com/quick_start/error_codes',
    support: 'mailto:api-service@deepseek.com',
  },
  cheaperModels: deepseekFamilies,
  checks: deepseekChecks,
});
