import { vendor } from './vendor.ts';

/** https://developers.brevo.com/docs/how-it-works */
export const brevo = vendor({
  id: 'brevo',
  title: 'Brevo',
  hosts: ['api.brevo.com', 'api.sendinblue.com'],
  upstream: 'https://api.brevo.com',
  auth: { in: 'header', name: 'api-key', scheme: '' },
  keyVariable: 'BREVO_API_KEY',
  keyPatterns: ['xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  pages: { billing: 'https://app.brevo.com/billing/account/customize' },
  codes: {
    not_enough_credits: 'insufficient_funds',
    account_under_validation: 'account_suspended',
    unauthorized: 'token_expired_or_invalid',
  },
});
