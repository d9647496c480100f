import type { Rule } from './rule.ts';

/** A code that the vendor documents, looked up in the provider's own table. */
export const vendorCode: Rule = {
  name: 'vendorCode',
  look(view) {
    const codes = view.provider?.codes;
    const found = codes === undefined ? null : view.code(codes);
    return found === null ? null : { cause: found.cause, confidence: 0.92, evidence: [found.code.evidence] };
  },
};
