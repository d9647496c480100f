import { meanings, vendor } from './vendor.ts';

/** https://devcenter.heroku.com/articles/platform-api-reference#error-responses */
export const heroku = vendor({
  id: 'heroku',
  title: 'Heroku',
  hosts: ['api.heroku.com', '.herokuapp.com'],
  upstream: 'https://api.heroku.com',
  keyVariable: 'HEROKU_API_KEY',
  pages: { billing: 'https://dashboard.heroku.com/account/billing', status: 'https://status.heroku.com' },
  codes: meanings({
    account_suspended: 'delinquent delinquent_account suspended',
    payment_method_invalid: 'verification_required verification_needed',
    token_expired_or_invalid: 'unauthorized password_expired',
    rate_limit: 'rate_limit',
  }),
  alsoMeans: { delinquent: ['payment_method_invalid'] },
});
