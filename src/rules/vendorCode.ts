import type { Rule } from './rule.ts';

/** A code that the vendor documents, looked up in the provider's own table. */
export const vendorCode: Rule = {
  name: 'vendorCode',
  look(view) {
    const codes = view.provider?.codes;
    const found = codes === undefined ? null : view.code(codes);
    if (found === null) return null;
    const alternatives = view.provider?.alsoMeans?.[found.code.value] ?? [];
    return {
      cause: found.cause,
      confidence: 0.92 - 0.04 * alternatives.length,
      evidence: [found.code.evidence],
      alternatives,
    };
  },
};
