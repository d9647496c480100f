import { packagedPrice, priceAt } from '../ai/modelPrice.ts';
import type { ModelPrice } from '../../shared/models.ts';
import type { ResolvedApi } from '../parts.ts';

/** What a call to a model may use, by what its request says. */
export interface Expectation {
  readonly tokens: number;
  /** US dollars; null where the model has no price. */
  readonly usd: number | null;
  /** Whether it can hardly be more, since the request limits its answer. */
  readonly isMost: boolean;
}

/** Tokens that an answer is thought to have where the request sets no limit and none was seen before. */
const usualAnswer = 1000;

/** `request` is its JSON. Null where it names no model, so that nothing is known of what it may use. */
export function expectationOf(request: unknown, model: string, api: ResolvedApi): Expectation | null {
  if (model === '') return null;
  const most = mostAnswer(request);
  const inputTokens = tokensIn(request);
  const outputTokens = most ?? usualAnswer;
  const usage = { model, inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  const own = api.ai?.models?.[model]?.price as ModelPrice | undefined;
  const called = { provider: api.provider?.id ?? null, url: api.upstream.href, models: [model] };
  return {
    tokens: inputTokens + outputTokens,
    usd: own === undefined ? packagedPrice(usage, called) : priceAt(usage, own),
    isMost: most !== null,
  };
}

/** As OpenAI, Anthropic, Gemini, Bedrock, Cohere, Hugging Face and Ollama call it. */
const limitNames = [
  ...['max_completion_tokens', 'max_output_tokens', 'max_tokens', 'maxOutputTokens', 'maxTokens'],
  ...['max_new_tokens', 'max_tokens_to_sample', 'num_predict'],
];
const countNames = ['n', 'candidateCount', 'num_generations', 'best_of'];
const settings = ['generationConfig', 'generation_config', 'inferenceConfig', 'parameters', 'options'];

/** The tokens that the request lets its answers have, all of them together; null where it sets no limit. */
function mostAnswer(request: unknown): number | null {
  const places = [request, ...settings.map((name) => memberOf(request, name))];
  const firstOf = (names: readonly string[]): number | null =>
    places
      .flatMap((place) => names.map((name) => memberOf(place, name)))
      .find((value): value is number => typeof value === 'number' && value > 0) ?? null;
  const limit = firstOf(limitNames);
  return limit === null ? null : limit * (firstOf(countNames) ?? 1);
}

/** UTF-8 bytes of a token: 4 in English, 3 in Chinese. What is too few is set aside too much. */
const bytesOfToken = 3;
/** What an image is counted as at most, at the usual sizes. */
const tokensOfImage = 1600;
const binary = /^(?:data:[\w/+.-]*;base64,)?[A-Za-z0-9+/_-]{512,}={0,2}$/;
const images = new Set(['image', 'image_url', 'input_image']);

function tokensIn(value: unknown): number {
  if (typeof value === 'string')
    return binary.test(value) ? tokensOfImage : Math.ceil(Buffer.byteLength(value) / bytesOfToken);
  if (typeof value === 'number') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  const isImage = images.has(String(memberOf(value, 'type')));
  // A list of texts or of tokens, or an object with its members' names, which are mostly the format's own.
  return Object.values(value).reduce((sum: number, one) => sum + tokensIn(one), isImage ? tokensOfImage : 1);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
