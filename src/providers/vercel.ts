import { vendor } from './vendor.ts';

/** The owner of a deployment is concerned, not its visitor: https://vercel.com/docs/errors/platform-error-codes */
export const vercel = vendor({
  id: 'vercel',
  title: 'Vercel',
  hosts: ['.vercel.app', '.now.sh', 'api.vercel.com'],
  upstream: 'https://api.vercel.com',
  pages: {
    billing: 'https://vercel.com/dashboard',
    status: 'https://www.vercel-status.com',
    errors: 'https://vercel.com/docs/errors/platform-error-codes',
    support: 'https://vercel.com/help',
  },
  codes: {
    DEPLOYMENT_DISABLED: 'account_suspended',
    DEPLOYMENT_BLOCKED: 'account_suspended',
    DEPLOYMENT_PAUSED: 'account_suspended',
  },
  alsoMeans: { DEPLOYMENT_DISABLED: ['usage_quota_exceeded'] },
});
