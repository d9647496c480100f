import { vendor } from './vendor.ts';

/** Credits come with the plan by the month. */
export const netlify = vendor({
  id: 'netlify',
  title: 'Netlify',
  hosts: ['api.netlify.com', '.netlify.app'],
  upstream: 'https://api.netlify.com',
  keyVariable: 'NETLIFY_AUTH_TOKEN',
  pages: { status: 'https://www.netlifystatus.com', support: 'https://www.netlify.com/support/' },
});
