import type { Cause } from '../shared/finding.ts';
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

/** A table of codes from the codes of each cause, apart by spaces: half as long as a line for each. */
export function meanings(byCause: Partial<Readonly<Record<Cause, string>>>): Readonly<Record<string, Cause>> {
  const table: Record<string, Cause> = {};
  for (const [cause, codes] of Object.entries(byCause))
    for (const code of codes.split(' ')) table[code] = cause as Cause;
  return table;
}
