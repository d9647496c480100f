import type { Fix, FixContext, Remedy } from '../shared/remedy.ts';
import { text, type Text } from '../shared/text.ts';

/** Whether Tollgate itself refused, because a budget of `tollgate.jsonc` is spent: then nothing is wrong with the vendor. */
export function isOwnBudget({ finding }: FixContext): boolean {
  return finding.diagnosis.facts.budget !== undefined;
}

/** Raises a budget of one's own that is spent. */
export const raiseBudget: Fix = (context) => {
  const { limit, used } = context.finding.diagnosis.facts;
  if (!isOwnBudget(context) || limit === undefined) return [];
  const usd = raised(limit, used ?? limit);
  return [change(context, 'raiseBudget', text('Raise the budget to {0} USD', usd), { usd })];
};

/** Lets calls pass although a budget of one's own is spent. */
export const warnOnly: Fix = (context) =>
  isOwnBudget(context)
    ? [change(context, 'warnOnly', text('Only warn when this budget is spent'), { over: 'warn' })]
    : [];

function change({ finding }: FixContext, id: string, title: Text, changed: object): Remedy {
  const { budget } = finding.diagnosis.facts;
  const api = budget === 'all' ? null : finding.api;
  return { kind: 'run', id, title, command: 'tollgate.setBudget', args: [api, { api, ...changed }] };
}

/** Twice as much, or half as much again as was spent, in two figures that one can say. */
function raised(limit: number, used: number): number {
  const wanted = Math.max(limit * 2, used * 1.5);
  const figure = 10 ** (Math.floor(Math.log10(wanted)) - 1);
  return Number((Math.ceil(wanted / figure - 1e-9) * figure).toPrecision(2));
}
