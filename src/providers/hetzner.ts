import { meanings, vendor } from './vendor.ts';

/** https://docs.hetzner.cloud/reference/cloud#errors */
export const hetzner = vendor({
  id: 'hetzner',
  title: 'Hetzner Cloud',
  hosts: ['api.hetzner.cloud'],
  upstream: 'https://api.hetzner.cloud',
  keyVariable: 'HCLOUD_TOKEN',
  pages: { keys: 'https://console.hetzner.cloud', status: 'https://status.hetzner.com' },
  codes: meanings({
    usage_quota_exceeded: 'resource_limit_exceeded',
    rate_limit: 'rate_limit_exceeded limit_reached placement_error',
    token_expired_or_invalid: 'unauthorized',
    configuration_error: 'token_readonly',
    region_or_policy: 'resource_unavailable',
  }),
  alsoMeans: { limit_reached: ['usage_quota_exceeded'], placement_error: ['region_or_policy'] },
});
