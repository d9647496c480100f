import { vendor } from './vendor.ts';

/** A used-up quota and an ended trial share one sentence. */
export const algolia = vendor({
  id: 'algolia',
  title: 'Algolia',
  hosts: ['.algolia.net', '.algolianet.com'],
  upstream: 'https://YOUR-APP.algolia.net',
  auth: { in: 'header', name: 'X-Algolia-API-Key', scheme: '' },
  keyVariable: 'ALGOLIA_API_KEY',
  pages: { billing: 'https://dashboard.algolia.com/account/billing', status: 'https://status.algolia.com' },
});
