import { chutesChecks } from './accounts/chutes.ts';
import { vendor } from './vendor.ts';

/** A quota may be the string "unlimited". */
export const chutes = vendor({
  id: 'chutes',
  title: 'Chutes',
  hosts: ['llm.chutes.ai', 'api.chutes.ai'],
  upstream: 'https://llm.chutes.ai',
  dialect: 'openai',
  keyVariable: 'CHUTES_API_KEY',
  checks: chutesChecks,
});
