import { vendor } from './vendor.ts';

/** Speaks the dialect of OpenAI. */
export const nebius = vendor({
  id: 'nebius',
  title: 'Nebius AI Studio',
  hosts: ['api.studio.nebius.ai', 'api.studio.nebius.com', 'api.tokenfactory.nebius.com'],
  upstream: 'https://api.studio.nebius.com',
  dialect: 'openai',
  keyVariable: 'NEBIUS_API_KEY',
});
