import { vendor } from './vendor.ts';

/** Serverless and dedicated endpoints share a host. */
export const friendli = vendor({
  id: 'friendli',
  title: 'FriendliAI',
  hosts: ['api.friendli.ai'],
  upstream: 'https://api.friendli.ai',
  dialect: 'openai',
  keyVariable: 'FRIENDLI_TOKEN',
});
