import { zenmuxChecks } from './accounts/zenmux.ts';
import { vendor } from './vendor.ts';

/** Balance needs a management key. */
export const zenmux = vendor({
  id: 'zenmux',
  title: 'ZenMux',
  hosts: ['zenmux.ai'],
  upstream: 'https://zenmux.ai',
  dialect: 'openai',
  resells: true,
  checks: zenmuxChecks,
});
