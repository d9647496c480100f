import type { Provider } from '../shared/provider.ts';

type Facts = Pick<Provider, 'id' | 'title' | 'hosts' | 'upstream'> &
  Partial<Omit<Provider, 'pages'>> & { readonly pages?: Partial<Provider['pages']> };

/** A provider from what is particular about it; the rest is as most vendors have it: a Bearer key, nothing else known. */
export function vendor(facts: Facts): Provider {
  return {
    dialect: 'other',
    auth: { in: 'header', name: 'Authorization', scheme: 'Bearer' },
    baseUrls: [],
    keyVariable: null,
    keyPatterns: [],
    tokenUrl: null,
    cheaperModels: [],
    ...facts,
    pages: { billing: null, keys: null, limits: null, status: null, errors: null, support: null, ...facts.pages },
  };
}
