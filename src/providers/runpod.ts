import { runpodChecks } from './accounts/runpod.ts';
import { vendor } from './vendor.ts';

/** Balance by GraphQL only. */
export const runpod = vendor({
  id: 'runpod',
  title: 'RunPod',
  hosts: ['api.runpod.io', 'api.runpod.ai', 'rest.runpod.io'],
  upstream: 'https://rest.runpod.io',
  keyVariable: 'RUNPOD_API_KEY',
  keyPatterns: ['rpa_[A-Z0-9]{40,}'],
  pages: { billing: 'https://console.runpod.io/user/billing' },
  checks: runpodChecks,
});
