import { vendor } from './vendor.ts';

/** A key of the other region reads as 401. */
export const mailgun = vendor({
  id: 'mailgun',
  title: 'Mailgun',
  hosts: ['api.mailgun.net', 'api.eu.mailgun.net'],
  upstream: 'https://api.mailgun.net',
  auth: { in: 'header', name: 'Authorization', scheme: 'Basic' },
  keyVariable: 'MAILGUN_API_KEY',
  pages: { status: 'https://status.mailgun.com' },
});
