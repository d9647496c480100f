import { syntheticChecks } from './accounts/synthetic.ts';
import { vendor } from './vendor.ts';

/** Counts in windows, see /v2/quotas. */
export const synthetic = vendor({
  id: 'synthetic',
  title: 'Synthetic',
  hosts: ['api.synthetic.new'],
  upstream: 'https://api.synthetic.new',
  dialect: 'openai',
  checks: syntheticChecks,
});
