import { perplexityFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** Its 401 covers a wrong key and an empty balance. */
export const perplexity = vendor({
  id: 'perplexity',
  title: 'Perplexity',
  hosts: ['api.perplexity.ai'],
  upstream: 'https://api.perplexity.ai',
  dialect: 'openai',
  keyVariable: 'PERPLEXITY_API_KEY',
  keyPatterns: ['pplx-[A-Za-z0-9]{40,}'],
  pages: { billing: 'https://www.perplexity.ai/settings/api', support: 'mailto:api@perplexity.ai' },
  cheaperModels: perplexityFamilies,
  codes: { invalid_api_key: 'token_expired_or_invalid', insufficient_quota: 'insufficient_funds' },
  alsoMeans: { invalid_api_key: ['insufficient_funds'] },
});
