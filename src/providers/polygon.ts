import { vendor } from './vendor.ts';

/** `status: NOT_AUTHORIZED` is data that the plan lacks. */
export const polygon = vendor({
  id: 'polygon',
  title: 'Polygon.io',
  hosts: ['api.polygon.io', 'api.massive.com'],
  upstream: 'https://api.polygon.io',
  auth: { in: 'query', name: 'apiKey' },
  keyVariable: 'POLYGON_API_KEY',
  pages: { billing: 'https://polygon.io/pricing' },
  codes: { NOT_AUTHORIZED: 'plan_upgrade_required' },
});
