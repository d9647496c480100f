import { firecrawlChecks } from './accounts/firecrawl.ts';
import { vendor } from './vendor.ts';

/** https://docs.firecrawl.dev/api-reference/errors */
export const firecrawl = vendor({
  id: 'firecrawl',
  title: 'Firecrawl',
  hosts: ['api.firecrawl.dev'],
  upstream: 'https://api.firecrawl.dev',
  baseUrls: [{ variable: 'FIRECRAWL_API_URL', path: '' }],
  keyVariable: 'FIRECRAWL_API_KEY',
  keyPatterns: ['fc-[a-f0-9]{32}'],
  pages: {
    billing: 'https://www.firecrawl.dev/app/billing',
    keys: 'https://www.firecrawl.dev/app/api-keys',
    errors: 'https://docs.firecrawl.dev/api-reference/errors',
  },
  checks: firecrawlChecks,
});
