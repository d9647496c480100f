import { vendor } from './vendor.ts';

/** https://docs.mapbox.com/api/overview/ */
export const mapbox = vendor({
  id: 'mapbox',
  title: 'Mapbox',
  hosts: ['api.mapbox.com'],
  upstream: 'https://api.mapbox.com',
  auth: { in: 'query', name: 'access_token' },
  keyVariable: 'MAPBOX_ACCESS_TOKEN',
  keyPatterns: ['[ps]k\\.eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}'],
  pages: {
    billing: 'https://console.mapbox.com/account/invoices',
    keys: 'https://console.mapbox.com/account/access-tokens/',
    status: 'https://status.mapbox.com',
  },
});
