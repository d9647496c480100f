import { cohereQuotas } from './quotas/cohere.ts';
import { cohereFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://docs.cohere.com/reference/errors */
export const cohere = vendor({
  id: 'cohere',
  title: 'Cohere',
  hosts: ['api.cohere.com', 'api.cohere.ai'],
  upstream: 'https://api.cohere.com',
  keyVariable: 'CO_API_KEY',
  pages: {
    billing: 'https://dashboard.cohere.com/billing',
    keys: 'https://dashboard.cohere.com/api-keys',
    errors: 'https://docs.cohere.com/reference/errors',
    support: 'mailto:support@cohere.com',
  },
  cheaperModels: cohereFamilies,
  quotas: cohereQuotas,
});
