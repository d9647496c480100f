import { vendor } from './vendor.ts';

/** Quota and rate share one code; the wait tells them apart. */
export const azureOpenai = vendor({
  id: 'azure-openai',
  title: 'Azure OpenAI',
  hosts: ['.openai.azure.com', '.services.ai.azure.com', '.cognitiveservices.azure.com'],
  upstream: 'https://YOUR-RESOURCE.openai.azure.com',
  dialect: 'openai',
  auth: { in: 'header', name: 'api-key', scheme: '' },
  keyVariable: 'AZURE_OPENAI_API_KEY',
  pages: { billing: 'https://portal.azure.com/#view/Microsoft_Azure_GTM/Billing' },
});
