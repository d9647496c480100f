import { vendor } from './vendor.ts';

/** Speaks the dialect of OpenAI. */
export const sambanova = vendor({
  id: 'sambanova',
  title: 'SambaNova',
  hosts: ['api.sambanova.ai'],
  upstream: 'https://api.sambanova.ai',
  dialect: 'openai',
  keyVariable: 'SAMBANOVA_API_KEY',
});
