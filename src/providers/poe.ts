import { poeChecks } from './accounts/poe.ts';
import { vendor } from './vendor.ts';

/** Bills in points. */
export const poe = vendor({
  id: 'poe',
  title: 'Poe',
  hosts: ['api.poe.com'],
  upstream: 'https://api.poe.com',
  dialect: 'openai',
  keyVariable: 'POE_API_KEY',
  pages: { keys: 'https://poe.com/api_key' },
  resells: true,
  checks: poeChecks,
});
