import { vendor } from './vendor.ts';

/** The searches of the plan run out by the month. */
export const serpapi = vendor({
  id: 'serpapi',
  title: 'SerpApi',
  hosts: ['serpapi.com'],
  upstream: 'https://serpapi.com',
  auth: { in: 'query', name: 'api_key' },
  keyVariable: 'SERPAPI_API_KEY',
  pages: { billing: 'https://serpapi.com/change-plan', keys: 'https://serpapi.com/manage-api-key' },
});
