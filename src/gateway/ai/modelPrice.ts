import type { Usage } from '../../shared/exchange.ts';
import type { ModelPrice } from '../../shared/models.ts';
import { readModelBook, type ModelBook } from './modelBook.ts';

/** What was used, by a price for a million tokens. What the cache read or took costs as the rest where nothing else is said, and half where the vendor may take its time. */
export function priceAt(usage: Usage, { input, output, cacheRead = input, cacheWrite = input }: ModelPrice): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const fresh = Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens);
  const whole = fresh * input + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite + outputTokens * output;
  return (usage.kinds?.tier === undefined ? whole : whole / 2) / 1e6;
}

/** The refreshed list in the data folder. */
export const refreshedModelsName = 'models.json';

let book: ModelBook | null = null;
let refreshed: string | null = null;

/** Names the refreshed list of models, which counts where it is newer; it is read anew when it is needed next. */
export function useRefreshedModels(file: string): void {
  refreshed = file;
  book = null;
}

/** By the list of models, for what no price list has; null where that has no price either. */
export function packagedPrice(
  usage: Usage,
  called: { readonly provider: string | null; readonly url: string; readonly models: readonly string[] },
): number | null {
  book ??= readModelBook(refreshed);
  const url = URL.parse(called.url);
  const provider = book.provider(called.provider ?? '') ?? (url === null ? null : book.providerAt(url));
  if (provider === null) return null;
  for (const model of usage.model === null ? called.models : [usage.model, ...called.models]) {
    const price = book.model(provider.id, model)?.price;
    if (price != null) return priceAt(usage, price);
  }
  return null;
}
