import { vendor } from './vendor.ts';

/** Without a card on file the rate is cut, which reads as 429. */
export const voyage = vendor({
  id: 'voyage',
  title: 'Voyage AI',
  hosts: ['api.voyageai.com'],
  upstream: 'https://api.voyageai.com',
  keyVariable: 'VOYAGE_API_KEY',
  keyPatterns: ['pa-[A-Za-z0-9_-]{40,}'],
  pages: { billing: 'https://dashboard.voyageai.com' },
});
