import { vendor } from './vendor.ts';

/** A lock stays for a while after a top-up. */
export const fal = vendor({
  id: 'fal',
  title: 'fal.ai',
  hosts: ['fal.run', 'queue.fal.run', 'rest.alpha.fal.ai'],
  upstream: 'https://fal.run',
  auth: { in: 'header', name: 'Authorization', scheme: 'Key' },
  keyVariable: 'FAL_KEY',
  pages: { billing: 'https://fal.ai/dashboard/billing', keys: 'https://fal.ai/dashboard/keys' },
});
