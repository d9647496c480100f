import { vendor } from './vendor.ts';

/** Bills the organisation’s credit or a key of one’s own. */
export const llmgateway = vendor({
  id: 'llmgateway',
  title: 'LLM Gateway',
  hosts: ['api.llmgateway.io'],
  upstream: 'https://api.llmgateway.io',
  dialect: 'openai',
});
