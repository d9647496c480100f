import { calcPrice, findProvider, type Provider } from '@pydantic/genai-prices';
import type { TokenKinds, Usage } from '../../shared/exchange.ts';

/** What is to be priced, and where it was bought. */
export interface Priced {
  readonly usage: Usage;
  /** Other names to look the price up by, after that in `usage`. */
  readonly models: readonly string[];
  /** URLs of the vendor, the likeliest first. */
  readonly urls: readonly string[];
  readonly at: Date;
}

/** A vendor with the one model that was asked for: to look for it among hundreds takes longer than all the rest. */
const narrowed = new Map<string, Provider | null>();
const mostNarrowed = 1000;

/**
 * What a call costs by the vendor's price list, in US dollars, from the data that came with this version of Tollgate;
 * null where the list has no such model. Discounts, free tiers and batches are not known.
 */
export function priceOf({ usage, models, urls, at }: Priced): number | null {
  for (const url of urls)
    for (const model of new Set(usage.model === null ? models : [usage.model, ...models])) {
      const price = priceAt(url, model, usage, at);
      if (price !== null) return price;
    }
  return null;
}

function priceAt(url: string, model: string, usage: Usage, timestamp: Date): number | null {
  const key = `${url}\n${model}`;
  const known = narrowed.get(key);
  if (known === null) return null;
  const provider = known ?? findProvider({ providerApiUrl: url });
  const result = provider === undefined ? null : calcPrice(toCounts(usage), model, { provider, timestamp });
  if (known === undefined) {
    if (narrowed.size >= mostNarrowed) narrowed.clear();
    narrowed.set(key, result === null ? null : { ...result.provider, models: [result.model] });
  }
  // What needs not be answered at once costs half with those who offer it (platform.openai.com/docs/guides/flex-processing,
  // docs.anthropic.com/en/docs/build-with-claude/batch-processing).
  return result === null ? null : result.total_price * (usage.kinds?.tier === undefined ? 1 : 0.5);
}

function toCounts(usage: Usage): Record<string, number> {
  return {
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    ...(usage.cacheReadTokens > 0 ? { cache_read_tokens: usage.cacheReadTokens } : {}),
    ...(usage.cacheWriteTokens > 0 ? { cache_write_tokens: usage.cacheWriteTokens } : {}),
    ...(usage.kinds === undefined ? {} : kindCounts(usage.kinds)),
  };
}

const kindUnits = {
  inputAudio: 'input_audio_tokens',
  inputImage: 'input_image_tokens',
  outputAudio: 'output_audio_tokens',
  outputImage: 'output_image_tokens',
  cacheReadAudio: 'cache_audio_read_tokens',
  cacheWriteHour: 'cache_write_1h_tokens',
  audioSeconds: 'audio_seconds',
} as const;

function kindCounts(kinds: TokenKinds): Record<string, number> {
  return Object.fromEntries(
    Object.entries(kindUnits).flatMap(([kind, unit]) => {
      const count = kinds[kind as keyof typeof kindUnits];
      return count === undefined ? [] : [[unit, count]];
    }),
  );
}
