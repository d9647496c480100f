import { vendor } from './vendor.ts';

/** Limits of the plan come as 400 and 403. */
export const pinecone = vendor({
  id: 'pinecone',
  title: 'Pinecone',
  hosts: ['api.pinecone.io', '.pinecone.io'],
  upstream: 'https://api.pinecone.io',
  auth: { in: 'header', name: 'Api-Key', scheme: '' },
  keyVariable: 'PINECONE_API_KEY',
  keyPatterns: ['pcsk_[A-Za-z0-9_]{40,}'],
  pages: { billing: 'https://app.pinecone.io', status: 'https://status.pinecone.io' },
});
