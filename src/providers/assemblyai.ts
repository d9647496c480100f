import { vendor } from './vendor.ts';

/** The bare key goes into Authorization. */
export const assemblyai = vendor({
  id: 'assemblyai',
  title: 'AssemblyAI',
  hosts: ['api.assemblyai.com'],
  upstream: 'https://api.assemblyai.com',
  auth: { in: 'header', name: 'Authorization', scheme: '' },
  keyVariable: 'ASSEMBLYAI_API_KEY',
  pages: {
    billing: 'https://www.assemblyai.com/app/billing',
    keys: 'https://www.assemblyai.com/app/api-keys',
    status: 'https://status.assemblyai.com',
  },
});
