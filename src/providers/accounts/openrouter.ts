import type { AccountCheck, PriceCheck } from '../../shared/account.ts';
import { amountText } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { list, number, at } from './json.ts';
import { allowance, balance, doubt } from './reading.ts';

/** https://openrouter.ai/docs/api-reference/limits: the key's own cap, null for none. */
const key: AccountCheck = {
  id: 'key',
  covers: 'key',
  path: '/api/v1/key',
  read: (json) => {
    const used = number(json, 'data', 'usage');
    if (used === null) return null;
    if (at(json, 'data', 'limit') === null)
      return doubt('no_balance', text('The key has no limit of its own; {0} spent with it.', amountText(used, 'USD')), {
        used,
        unit: 'USD',
      });
    const limit = number(json, 'data', 'limit');
    const left = number(json, 'data', 'limit_remaining');
    // With a limit that is reset, `usage` goes on from before.
    return limit === null || left === null ? null : allowance(limit - left, limit, 'USD');
  },
};

/** https://openrouter.ai/docs/api-reference/credits/get-credits */
const credits: AccountCheck = {
  id: 'credits',
  covers: 'account',
  path: '/api/v1/credits',
  read: (json) => {
    const bought = number(json, 'data', 'total_credits');
    const used = number(json, 'data', 'total_usage');
    return bought === null || used === null ? null : balance(bought - used, 'USD', { used });
  },
};

export const openrouterChecks: readonly AccountCheck[] = [credits, key];

/** https://openrouter.ai/docs/api-reference/endpoints/list-endpoints: prices in USD a token, as text. */
export const openrouterPrice: PriceCheck = {
  path: (model) => {
    const name = model.replace(/:(?:online|nitro|floor)$/, '');
    return /^[\w.-]+\/[\w.:-]+$/.test(name) ? `/api/v1/models/${name}/endpoints` : null;
  },
  read: (json) => {
    const prices = list(json, 'data', 'endpoints').flatMap((endpoint) => {
      const perToken = number(endpoint, 'pricing', 'completion');
      return perToken === null ? [] : [{ perToken, perInputToken: number(endpoint, 'pricing', 'prompt'), unit: 'USD' }];
    });
    // The cheapest endpoint is tried first.
    return prices.toSorted((a, b) => a.perToken - b.perToken)[0] ?? null;
  },
};
