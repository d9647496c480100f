import { vendor } from './vendor.ts';

/** 402 is an empty balance, `payment_required`. */
export const stability = vendor({
  id: 'stability',
  title: 'Stability AI',
  hosts: ['api.stability.ai'],
  upstream: 'https://api.stability.ai',
  keyVariable: 'STABILITY_API_KEY',
  pages: {
    billing: 'https://platform.stability.ai/account/credits',
    keys: 'https://platform.stability.ai/account/keys',
  },
  codes: { payment_required: 'insufficient_funds', insufficient_balance: 'insufficient_funds' },
});
