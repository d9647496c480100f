import { vendor } from './vendor.ts';

/** Prepaid credits; 400 says "Not enough credits". */
export const serper = vendor({
  id: 'serper',
  title: 'Serper',
  hosts: ['google.serper.dev'],
  upstream: 'https://google.serper.dev',
  auth: { in: 'header', name: 'X-API-KEY', scheme: '' },
  keyVariable: 'SERPER_API_KEY',
  pages: { billing: 'https://serper.dev/billing' },
});
