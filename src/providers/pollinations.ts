import { vendor } from './vendor.ts';

/** `details.upstreamHost` names the supplier whose error it is. */
export const pollinations = vendor({
  id: 'pollinations',
  title: 'Pollinations',
  hosts: ['gen.pollinations.ai', 'text.pollinations.ai', 'image.pollinations.ai'],
  upstream: 'https://gen.pollinations.ai',
  resells: true,
});
