import { mistralFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** Its 401 is the same for a revoked key and for a plan whose quota is used up. */
export const mistral = vendor({
  id: 'mistral',
  title: 'Mistral',
  hosts: ['api.mistral.ai'],
  upstream: 'https://api.mistral.ai',
  dialect: 'openai',
  keyVariable: 'MISTRAL_API_KEY',
  pages: {
    billing: 'https://console.mistral.ai/billing',
    keys: 'https://console.mistral.ai/api-keys',
    status: 'https://status.mistral.ai',
    support: 'https://help.mistral.ai',
  },
  cheaperModels: mistralFamilies,
});
