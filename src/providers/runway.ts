import { vendor } from './vendor.ts';

/** Credits are bought beforehand. */
export const runway = vendor({
  id: 'runway',
  title: 'Runway',
  hosts: ['api.dev.runwayml.com'],
  upstream: 'https://api.dev.runwayml.com',
  baseUrls: [{ variable: 'RUNWAYML_BASE_URL', path: '' }],
  keyVariable: 'RUNWAYML_API_SECRET',
  pages: { billing: 'https://dev.runwayml.com' },
});
