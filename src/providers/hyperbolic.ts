import { vendor } from './vendor.ts';

/** Prepaid. */
export const hyperbolic = vendor({
  id: 'hyperbolic',
  title: 'Hyperbolic',
  hosts: ['api.hyperbolic.xyz'],
  upstream: 'https://api.hyperbolic.xyz',
  dialect: 'openai',
  keyVariable: 'HYPERBOLIC_API_KEY',
});
