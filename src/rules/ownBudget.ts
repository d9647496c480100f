import { formatUsd } from '../shared/money.ts';
import { text } from '../shared/text.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

/** Tollgate's own refusal, where a budget declared in `tollgate.jsonc` is spent. */
export const ownBudget: Rule = {
  name: 'ownBudget',
  look(view) {
    const code = view.header('x-tollgate-error');
    if (view.status !== 402 || code !== 'budget_exceeded') return null;
    const limit = number(view, 'limitusd');
    const used = number(view, 'spentusd');
    const resetAt = Date.parse(String(view.field('resetsat')?.value));
    const api = String(view.field('api')?.value ?? '');
    const all = view.field('scope')?.value === 'all';
    const detail = view.field('detail');
    return {
      cause: 'spend_limit_or_budget_reached',
      confidence: 1,
      party: 'caller',
      evidence: [
        { source: 'header', path: 'x-tollgate-error', quote: code },
        ...(detail === undefined
          ? []
          : [{ source: 'body', path: detail.pointer, quote: String(detail.value).slice(0, 200) } as const]),
      ],
      alternatives: [],
      facts: {
        currency: 'USD',
        budget: all ? 'all' : 'api',
        ...(limit === null ? {} : { limit }),
        ...(used === null ? {} : { used }),
        ...(Number.isNaN(resetAt) ? {} : { resetAt }),
      },
      summary: all
        ? text(
            'Tollgate did not send this call: all APIs spent {0} of the {1} USD you budgeted.',
            money(used),
            money(limit),
          )
        : text(
            'Tollgate did not send this call: {0} spent {1} of the {2} USD you budgeted.',
            api,
            money(used),
            money(limit),
          ),
    };
  },
};

function number(view: View, key: string): number | null {
  const value = Number(view.field(key)?.value ?? NaN);
  return Number.isFinite(value) ? value : null;
}

function money(value: number | null): string {
  return value === null ? '?' : formatUsd(value);
}
