import type { Rule } from './rule.ts';

/**
 * OpenRouter names what ran out in `limit_source`; older bodies only by the page they point to.
 * https://openrouter.ai/docs/api_reference/errors-and-debugging
 */
export const openrouterLimit: Rule = {
  name: 'openrouterLimit',
  look(view) {
    const source = view.field('limit_source');
    if (source !== undefined && typeof source.value === 'string') {
      const evidence = [{ source: 'body', path: source.pointer, quote: source.value }] as const;
      if (source.value.includes('in_flight'))
        return {
          cause: 'rate_limit',
          confidence: 0.95,
          evidence,
          retryHelps: true,
          alternatives: ['insufficient_funds'],
        };
      if (source.value.endsWith('_credits'))
        return { cause: 'insufficient_funds', confidence: 0.97, evidence, alternatives: [] };
      if (/limit|budget/.test(source.value))
        return { cause: 'spend_limit_or_budget_reached', confidence: 0.97, evidence, alternatives: [] };
    }
    for (const { words, original, path } of view.sentences) {
      const keys = /openrouter\.ai\/(?:settings|workspaces\/[\w-]+)?\/?keys/i.test(original);
      if (!keys || !/limit|afford/.test(words)) continue;
      return {
        cause: 'spend_limit_or_budget_reached',
        confidence: 0.9,
        evidence: [{ source: 'body', path, quote: original.slice(0, 200) }],
        alternatives: ['insufficient_funds', 'configuration_error'],
      };
    }
    return null;
  },
};
