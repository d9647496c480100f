import { vendor } from './vendor.ts';

/** Refuses with 200 and a `status`: https://developers.google.com/maps/documentation */
export const googleMaps = vendor({
  id: 'google-maps',
  title: 'Google Maps Platform',
  hosts: ['maps.googleapis.com', 'routes.googleapis.com', 'places.googleapis.com'],
  upstream: 'https://maps.googleapis.com',
  auth: { in: 'query', name: 'key' },
  pages: {
    billing: 'https://console.cloud.google.com/billing',
    keys: 'https://console.cloud.google.com/google/maps-apis/credentials',
    status: 'https://status.cloud.google.com/maps-platform',
  },
  codes: {
    OVER_DAILY_LIMIT: 'usage_quota_exceeded',
    OVER_QUERY_LIMIT: 'rate_limit',
    BILLING_DISABLED: 'payment_method_invalid',
  },
});
