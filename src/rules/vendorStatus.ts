import type { Rule } from './rule.ts';

/** A status to which the vendor gives a meaning of its own: Tavily's 432, Portkey's 412. */
export const vendorStatus: Rule = {
  name: 'vendorStatus',
  look(view) {
    const cause = view.status === null ? undefined : view.provider?.statuses?.[view.status];
    if (cause === undefined) return null;
    return { cause, confidence: 0.7, evidence: [{ source: 'status', path: '', quote: String(view.status) }] };
  },
};
