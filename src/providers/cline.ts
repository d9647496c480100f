import { vendor } from './vendor.ts';

/** Bills the user or the organisation. */
export const cline = vendor({
  id: 'cline',
  title: 'Cline',
  hosts: ['api.cline.bot'],
  upstream: 'https://api.cline.bot',
  dialect: 'openai',
  pages: { billing: 'https://app.cline.bot/credits' },
  codes: { insufficient_credits: 'insufficient_funds' },
  resells: true,
});
