import { vendor } from './vendor.ts';

/** https://docs.primeintellect.ai/inference/troubleshooting. Personal or team balance by a header. */
export const primeIntellect = vendor({
  id: 'prime-intellect',
  title: 'Prime Intellect',
  hosts: ['api.pinference.ai', 'api.primeintellect.ai'],
  upstream: 'https://api.pinference.ai',
  dialect: 'openai',
  keyVariable: 'PRIME_API_KEY',
  pages: { errors: 'https://docs.primeintellect.ai/inference/troubleshooting' },
});
