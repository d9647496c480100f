import { vendor } from './vendor.ts';

/** JSON-RPC errors: compute units by the second under 429, capacity by the month likewise. */
export const alchemy = vendor({
  id: 'alchemy',
  title: 'Alchemy',
  hosts: ['.alchemy.com', '.alchemyapi.io'],
  upstream: 'https://eth-mainnet.g.alchemy.com',
  keyVariable: 'ALCHEMY_API_KEY',
  pages: { billing: 'https://dashboard.alchemy.com/settings/billing' },
});
