import type { Dialect } from '../../../shared/models.ts';
import type { Thinking } from './asked.ts';

/** Tokens that an effort stands for with vendors that count them. */
const budgets: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 24_576,
  xhigh: 32_000,
  max: 48_000,
};

/**
 * How much to think, as each vendor's package takes it; null where the vendor has no say in it. Models that choose their
 * own budget are told the effort, older ones a number of tokens.
 */
export function thinkingOptions(
  thinking: Thinking,
  dialect: Dialect,
  model: string,
): Readonly<Record<string, unknown>> | null {
  const { effort, budgetTokens } = thinking;
  const off = effort === 'none' || budgetTokens === 0;
  const budget = budgetTokens ?? budgets[effort ?? 'medium'] ?? 8192;
  const word = effort ?? wordFor(budget);
  switch (dialect) {
    case 'anthropic':
      if (off) return { thinking: { type: 'disabled' } };
      if (budgetTokens !== null || countsTokens(model))
        return { thinking: { type: 'enabled', budgetTokens: Math.max(1024, budget) } };
      return { thinking: { type: 'adaptive' }, effort: word === 'minimal' ? 'low' : word };
    case 'gemini':
      if (off) return { thinkingConfig: { thinkingBudget: 0 } };
      if (budgetTokens !== null || model.includes('gemini-2'))
        return { thinkingConfig: { thinkingBudget: Math.min(budget, 24_576), includeThoughts: true } };
      return { thinkingConfig: { thinkingLevel: atMostHigh(word), includeThoughts: true } };
    case 'bedrock':
      if (off) return { reasoningConfig: { type: 'disabled' } };
      if (model.includes('anthropic') && (budgetTokens !== null || countsTokens(model)))
        return { reasoningConfig: { type: 'enabled', budgetTokens: Math.max(1024, budget) } };
      return {
        reasoningConfig: {
          type: model.includes('anthropic') ? 'adaptive' : 'enabled',
          maxReasoningEffort: word === 'minimal' ? 'low' : word,
        },
      };
    case 'cohere':
      return {
        thinking: off
          ? { type: 'disabled' }
          : { type: 'enabled', ...(budgetTokens === null ? {} : { tokenBudget: budgetTokens }) },
      };
    case 'mistral':
      return { reasoningEffort: off || word === 'minimal' ? 'none' : 'high' };
    case 'openai':
    case 'responses':
      return { reasoningEffort: off ? 'none' : word };
  }
}

/** Claude up to 4.5 takes a number of tokens (docs.anthropic.com/en/docs/build-with-claude/adaptive-thinking). */
function countsTokens(model: string): boolean {
  return /claude-(?:3|(?:opus|sonnet|haiku)-4(?:-[0-5]|-\d{8}|@|$))/.test(model);
}

function wordFor(budget: number): string {
  if (budget <= 2048) return 'low';
  return budget <= 12_000 ? 'medium' : 'high';
}

function atMostHigh(word: string): string {
  return ['minimal', 'low', 'medium'].includes(word) ? word : 'high';
}
