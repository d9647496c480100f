import { vendor } from './vendor.ts';

/** The message stands under `Error Message`. */
export const fmp = vendor({
  id: 'fmp',
  title: 'Financial Modeling Prep',
  hosts: ['financialmodelingprep.com'],
  upstream: 'https://financialmodelingprep.com',
  auth: { in: 'query', name: 'apikey' },
  keyVariable: 'FMP_API_KEY',
  pages: { billing: 'https://site.financialmodelingprep.com/developer/docs/pricing' },
});
