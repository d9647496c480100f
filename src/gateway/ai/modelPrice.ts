import type { Usage } from '../../shared/exchange.ts';
import type { ModelPrice } from '../../shared/models.ts';
import { readModelBook, type ModelBook } from './modelBook.ts';

/** What was used, by a price for a million tokens. What the cache read or took costs as the rest where nothing else is said. */
export function priceAt(usage: Usage, { input, output, cacheRead = input, cacheWrite = input }: ModelPrice): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const fresh = Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens);
  return (fresh * input + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite + outputTokens * output) / 1e6;
}

let book: ModelBook | null = null;

/** By the packaged list of models, for what no price list has; null where that has no price either. */
export function packagedPrice(
  usage: Usage,
  called: { readonly provider: string | null; readonly url: string; readonly models: readonly string[] },
): number | null {
  book ??= readModelBook(null);
  const url = URL.parse(called.url);
  const provider = book.provider(called.provider ?? '') ?? (url === null ? null : book.providerAt(url));
  if (provider === null) return null;
  for (const model of usage.model === null ? called.models : [usage.model, ...called.models]) {
    const price = book.model(provider.id, model)?.price;
    if (price != null) return priceAt(usage, price);
  }
  return null;
}
