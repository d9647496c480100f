import { vendor } from './vendor.ts';

/** 402 is a private package without a paid plan. */
export const npm = vendor({
  id: 'npm',
  title: 'npm',
  hosts: ['registry.npmjs.org', 'api.npmjs.org'],
  upstream: 'https://registry.npmjs.org',
  keyVariable: 'NPM_TOKEN',
  keyPatterns: ['npm_[A-Za-z0-9]{36}'],
  pages: { billing: 'https://www.npmjs.com/settings/billing', status: 'https://status.npmjs.org' },
  statuses: { 402: 'subscription_inactive_or_missing' },
});
