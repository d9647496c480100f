import { vendor } from './vendor.ts';

/** Premium data under 403 without a word about a plan. */
export const finnhub = vendor({
  id: 'finnhub',
  title: 'Finnhub',
  hosts: ['finnhub.io'],
  upstream: 'https://finnhub.io',
  auth: { in: 'query', name: 'token' },
  keyVariable: 'FINNHUB_API_KEY',
  pages: { billing: 'https://finnhub.io/pricing' },
  statuses: { 403: 'plan_upgrade_required' },
});
