import { vendor } from './vendor.ts';

/** https://replicate.com/docs/topics/billing. Problem documents. */
export const replicate = vendor({
  id: 'replicate',
  title: 'Replicate',
  hosts: ['api.replicate.com'],
  upstream: 'https://api.replicate.com',
  baseUrls: [{ variable: 'REPLICATE_API_BASE_URL', path: '' }],
  keyVariable: 'REPLICATE_API_TOKEN',
  keyPatterns: ['r8_[A-Za-z0-9]{30,}'],
  pages: {
    billing: 'https://replicate.com/account/billing',
    keys: 'https://replicate.com/account/api-tokens',
    status: 'https://www.replicatestatus.com',
    errors: 'https://replicate.com/docs/topics/billing',
  },
});
