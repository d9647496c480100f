import { vendor } from './vendor.ts';

/** Refuses with 200 and a lone `Information` or `Note`. */
export const alphaVantage = vendor({
  id: 'alpha-vantage',
  title: 'Alpha Vantage',
  hosts: ['www.alphavantage.co'],
  upstream: 'https://www.alphavantage.co',
  auth: { in: 'query', name: 'apikey' },
  pages: { billing: 'https://www.alphavantage.co/premium/' },
});
