import { tavilyChecks } from './accounts/tavily.ts';
import { vendor } from './vendor.ts';

/** https://help.tavily.com/articles/8645538886-understanding-http-errors */
export const tavily = vendor({
  id: 'tavily',
  title: 'Tavily',
  hosts: ['api.tavily.com'],
  upstream: 'https://api.tavily.com',
  keyVariable: 'TAVILY_API_KEY',
  keyPatterns: ['tvly-[A-Za-z0-9-]{20,}'],
  pages: {
    billing: 'https://app.tavily.com',
    keys: 'https://app.tavily.com',
    errors: 'https://help.tavily.com/articles/8645538886-understanding-http-errors',
  },
  statuses: { 432: 'usage_quota_exceeded', 433: 'spend_limit_or_budget_reached' },
  checks: tavilyChecks,
});
