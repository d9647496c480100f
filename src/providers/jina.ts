import { vendor } from './vendor.ts';

/** Tokens are bought beforehand. */
export const jina = vendor({
  id: 'jina',
  title: 'Jina AI',
  hosts: ['api.jina.ai', 's.jina.ai', 'r.jina.ai'],
  upstream: 'https://api.jina.ai',
  statuses: { 451: 'region_or_policy' },
  keyVariable: 'JINA_API_KEY',
  keyPatterns: ['jina_[A-Za-z0-9_-]{40,}'],
  pages: { billing: 'https://jina.ai/api-dashboard' },
});
