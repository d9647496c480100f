import { xaiChecks } from './accounts/xai.ts';
import { xaiFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** Balance refusals moved from 429 to 403; the sentence stayed. */
export const xai = vendor({
  id: 'xai',
  title: 'xAI',
  hosts: ['api.x.ai', 'cli-chat-proxy.grok.com'],
  upstream: 'https://api.x.ai',
  dialect: 'openai',
  keyVariable: 'XAI_API_KEY',
  keyPatterns: ['xai-[A-Za-z0-9]{40,}'],
  pages: { billing: 'https://console.x.ai', keys: 'https://console.x.ai', support: 'mailto:support@x.ai' },
  cheaperModels: xaiFamilies,
  checks: xaiChecks,
});
