import * as z from 'zod';
import { budgetPeriods } from './budget.ts';

/** What `budget` holds, of an API or of all. */
export const budgetMember = z.strictObject({
  usd: z.number().positive().max(1_000_000_000).describe('US dollars that may be spent in one period.'),
  per: z
    .enum(budgetPeriods)
    .default('month')
    .describe('The period: it begins at local midnight, on Monday, or on the first of the month. A month by default.'),
  over: z
    .enum(['warn', 'refuse'])
    .default('warn')
    .describe('What happens when it is spent: a warning, or the gateway answers 402 itself. A warning by default.'),
  warnAt: z.number().gt(0).max(1).default(0.8).describe('The share of it at which to warn beforehand: 0.8 by default.'),
});
