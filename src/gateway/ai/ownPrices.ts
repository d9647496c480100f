import type { ModelPrice, OwnPrices } from '../../shared/models.ts';
import type { ResolvedApi } from '../parts.ts';

/** The prices that the catalogue says itself, for whoever counts money on another thread. */
export function ownPricesOf(apis: ReadonlyMap<string, ResolvedApi>): OwnPrices {
  const prices: Record<string, Record<string, ModelPrice>> = {};
  for (const { name, ai } of apis.values())
    for (const [model, { price }] of Object.entries(ai?.models ?? {}))
      if (price !== undefined) (prices[name] ??= {})[model] = price as ModelPrice;
  return prices;
}
