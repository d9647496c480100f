import type { Usage } from '../../shared/exchange.ts';
import type { ModelPrice } from '../../shared/models.ts';
import { providerById } from '../../providers/index.ts';
import type * as PricesModule from '../cost/prices.ts';
import { readUsage } from '../cost/readUsage.ts';
import type { Target } from './findTarget.ts';
import { priceAt } from './modelPrice.ts';

/** The field in which an answer tells what it cost, in US dollars. */
export const costHeader = 'x-tollgate-cost-usd';

/** What stands there where no price list has the model, or the answer does not tell what it used. */
export const unpriced = 'unpriced';

let prices: typeof PricesModule | null = null;
let loading: Promise<void> | null = null;

/** Loads the price lists, which are big; null where they are there. A failure leaves calls unpriced. */
export function loadPrices(): Promise<void> | null {
  if (prices !== null) return null;
  loading ??= import('../cost/prices.ts').then(
    (loaded) => void (prices = loaded),
    () => undefined,
  );
  return loading;
}

/**
 * What an answer cost, as the header tells it: what the vendor says, else by the price in `tollgate.jsonc`, the price
 * list, or the catalogue of models. `answer` is its text, or its beginning and end.
 */
export function costOf(answer: string, target: Target): string {
  const found = readUsage(answer);
  if (found === null) return unpriced;
  if (found.costUsd !== null) return toDecimal(found.costUsd);
  const usage: Usage = { ...found.usage, model: found.model ?? target.model };
  const said = target.api.ai?.models?.[target.model]?.price as ModelPrice | undefined;
  const listed = said === undefined ? listedPrice(usage, target) : null;
  const price = said ?? target.info?.price ?? null;
  const cost = listed ?? (price === null ? null : priceAt(usage, price));
  return cost === null ? unpriced : toDecimal(cost);
}

function listedPrice(usage: Usage, { api, provider, model }: Target): number | null {
  const declared = api.provider === null ? null : providerById(api.provider.id);
  const urls = [...(declared === null ? [] : [declared.upstream]), provider.url, api.upstream.href];
  try {
    return prices?.priceOf({ usage, models: [model], urls, at: new Date() }) ?? null;
  } catch {
    // Counts that contradict each other.
    return null;
  }
}

/** As a decimal without an exponent. */
export function toDecimal(usd: number): string {
  return usd.toFixed(12).replace(/\.?0+$/, '') || '0';
}
