import { deepinfraChecks } from './accounts/deepinfra.ts';
import { vendor } from './vendor.ts';

/** A negative `stripe_balance` is prepaid credit. */
export const deepinfra = vendor({
  id: 'deepinfra',
  title: 'DeepInfra',
  hosts: ['api.deepinfra.com'],
  upstream: 'https://api.deepinfra.com',
  dialect: 'openai',
  keyVariable: 'DEEPINFRA_API_KEY',
  pages: { billing: 'https://deepinfra.com/dash/billing' },
  checks: deepinfraChecks,
});
