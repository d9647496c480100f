import { providerById } from '../../providers/index.ts';
import type { AccountFigures, TokenPrice } from '../../shared/account.ts';
import type { ExchangeSummary } from '../../shared/exchange.ts';

/** Bytes of a request for a token of input, at the least: rather too few tokens are offered than too many. */
const bytesPerToken = 3;

/**
 * How many tokens an answer to a call can have for what is left, the call's own input paid; null where the price is not
 * known in that unit. The size of the request stands for its input, which no one has counted.
 */
export function affordableTokens(
  { requestSize }: ExchangeSummary,
  { amount, unit }: AccountFigures,
  price: TokenPrice | null,
): number | null {
  if (amount === undefined || price === null || price.unit !== unit || price.perToken <= 0) return null;
  const input = (requestSize / bytesPerToken) * (price.perInputToken ?? 0);
  return Math.max(0, Math.floor((amount - input) / price.perToken));
}

/** What tokens cost with a call's model by the price list that Tollgate comes with; null where that has no such model. */
export async function listedPrice(call: ExchangeSummary): Promise<TokenPrice | null> {
  const { model, provider, host } = call;
  if (model === null) return null;
  const upstream = provider === null ? null : (providerById(provider)?.upstream ?? null);
  // The price lists are big, and few calls are asked about.
  const { priceOf } = await import('../cost/prices.ts');
  const at = new Date();
  const urls = [...(upstream === null ? [] : [upstream]), `https://${host}`];
  const of = (inputTokens: number, outputTokens: number): number | null => {
    const usage = { model, inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
    return priceOf({ usage, models: [], urls, at });
  };
  // Prices go up with the length of the input, so that is taken as long as this one.
  const input = Math.ceil(call.requestSize / bytesPerToken);
  const [without, withAnswer] = [of(input, 0), of(input, 1000)];
  if (without === null || withAnswer === null) return null;
  return { perToken: (withAnswer - without) / 1000, perInputToken: without / Math.max(1, input), unit: 'USD' };
}
