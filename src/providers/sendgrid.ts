import { vendor } from './vendor.ts';

/** "Maximum credits exceeded" comes as 401 over HTTP and 451 over SMTP. */
export const sendgrid = vendor({
  id: 'sendgrid',
  title: 'SendGrid',
  hosts: ['api.sendgrid.com', 'smtp.sendgrid.net'],
  upstream: 'https://api.sendgrid.com',
  keyVariable: 'SENDGRID_API_KEY',
  keyPatterns: ['SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}'],
  pages: {
    billing: 'https://app.sendgrid.com/account/billing',
    keys: 'https://app.sendgrid.com/settings/api_keys',
    status: 'https://status.sendgrid.com',
  },
  statuses: { 451: 'usage_quota_exceeded' },
});
