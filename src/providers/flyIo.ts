import { vendor } from './vendor.ts';

/** Asks for a card also when its own payment service is broken. */
export const flyIo = vendor({
  id: 'fly-io',
  title: 'Fly.io',
  hosts: ['api.fly.io', 'api.machines.dev'],
  upstream: 'https://api.fly.io',
  keyVariable: 'FLY_API_TOKEN',
  pages: { billing: 'https://fly.io/dashboard/personal/billing', status: 'https://status.flyio.net' },
});
