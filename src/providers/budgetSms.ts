import { meanings, vendor } from './vendor.ts';

/** Answers `ERR` and a number under 200. https://www.budgetsms.net/sms-http-api/error-codes/ */
export const budgetSms = vendor({
  id: 'budgetsms',
  title: 'BudgetSMS',
  hosts: ['api.budgetsms.net'],
  upstream: 'https://api.budgetsms.net',
  auth: { in: 'query', name: 'handle' },
  pages: {
    billing: 'https://www.budgetsms.net/controlpanel/',
    errors: 'https://www.budgetsms.net/sms-http-api/error-codes/',
  },
  codes: meanings({
    insufficient_funds: '1001',
    token_expired_or_invalid: '1002',
    account_suspended: '1003',
    configuration_error: '1004',
  }),
  alsoMeans: { '1003': ['subscription_inactive_or_missing'] },
});
