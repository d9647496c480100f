import { vendor } from './vendor.ts';

/** https://developers.deepl.com/docs/best-practices/error-handling: 456 is the month's characters, often without a body. */
export const deepl = vendor({
  id: 'deepl',
  title: 'DeepL',
  hosts: ['api.deepl.com', 'api-free.deepl.com'],
  upstream: 'https://api.deepl.com',
  auth: { in: 'header', name: 'Authorization', scheme: 'DeepL-Auth-Key' },
  keyVariable: 'DEEPL_AUTH_KEY',
  pages: {
    billing: 'https://www.deepl.com/en/your-account/subscription',
    keys: 'https://www.deepl.com/en/your-account/keys',
    limits: 'https://developers.deepl.com/docs/resources/usage-limits',
    status: 'https://www.deeplstatus.com',
    errors: 'https://developers.deepl.com/docs/best-practices/error-handling',
  },
  statuses: { 456: 'usage_quota_exceeded' },
});
