import { vendor } from './vendor.ts';

/** 402 and -32005 are the credits of the day. */
export const infura = vendor({
  id: 'infura',
  title: 'Infura',
  hosts: ['.infura.io'],
  upstream: 'https://mainnet.infura.io',
  keyVariable: 'INFURA_API_KEY',
  pages: { billing: 'https://app.infura.io' },
  codes: { '-32005': 'usage_quota_exceeded' },
  statuses: { 402: 'usage_quota_exceeded' },
});
