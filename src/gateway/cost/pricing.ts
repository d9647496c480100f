import { providerById } from '../../providers/index.ts';
import { headerValue, type Exchange, type Usage } from '../../shared/exchange.ts';
import type { ModelPrice, OwnPrices } from '../../shared/models.ts';
import { modelOf } from '../store/model.ts';
import type * as PricesModule from './prices.ts';
import { packagedPrice, priceAt } from '../ai/modelPrice.ts';
import { guessUsage, writtenTokens } from './guessUsage.ts';
import { readUsage, type AnswerUsage } from './readUsage.ts';

type Prices = typeof PricesModule;

/** What an exchange used and cost. */
export type Cost = Pick<Exchange, 'usage' | 'costUsd' | 'costEstimated'>;

/** The decoded texts of an exchange; null where there is none, or it is binary. */
export interface Texts {
  readonly request: string | null;
  readonly answer: string | null;
  /** The end of the answer, where `answer` is only its beginning. */
  readonly tail: string;
}

/** Prices exchanges. The price lists are big, so they are loaded when the first answer that counts tokens comes. */
export interface Pricing {
  /** Resolves once the price lists are there; null where they are, or where this answer needs none. */
  wait(answer: Uint8Array, tail: string): Promise<void> | null;
  /** Never throws. */
  cost(exchange: Exchange, texts: Texts): Cost;
}

const unknown: Cost = { usage: null, costUsd: null, costEstimated: false };
const marks = ['usage', 'billed_units', 'chat.completion.chunk'];

/** `onFailure` hears once that the price lists cannot be used; calls are then recorded without what they cost. */
export function createPricing(onFailure: (error: unknown) => void, own: () => OwnPrices = () => ({})): Pricing {
  let prices: Prices | null = null;
  let loading: Promise<void> | null = null;
  let failed = false;
  const load = (): Promise<void> =>
    (loading ??= import('./prices.ts').then(
      (loaded) => void (prices = loaded),
      (error: unknown) => {
        failed = true;
        onFailure(error);
      },
    ));

  const estimate = (exchange: Exchange, usage: Usage): number | null => {
    try {
      const models = [exchange.model, modelOf(exchange.path, null)].filter((name) => name !== null);
      const said = saidPrice(own(), exchange, usage);
      if (said !== null) return priceAt(usage, said);
      const listed = prices?.priceOf({ usage, models, urls: urlsOf(exchange), at: new Date(exchange.startedAt) });
      return listed ?? packagedPrice(usage, { provider: exchange.provider, url: exchange.url, models });
    } catch {
      // Counts that contradict each other, as more read from the cache than went in.
      return null;
    }
  };

  return {
    wait: (answer, tail) => {
      if (prices !== null || failed) return null;
      const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
      return marks.some((mark) => tail.includes(mark) || bytes.includes(mark)) ? load() : null;
    },
    cost: (exchange, texts) => {
      if (exchange.simulated) return { ...unknown, costUsd: 0 };
      const told = toldInHeader(exchange);
      const found = texts.answer === null ? null : (readUsage(texts.answer, texts.tail) ?? guess(exchange, texts));
      if (found === null) return { ...unknown, costUsd: told };
      const usage = whatCame(exchange, { ...found.usage, model: found.model ?? exchange.model }, texts);
      const costUsd = found.costUsd ?? told;
      if (costUsd !== null) return { usage, costUsd, costEstimated: false };
      const estimated = estimate(exchange, usage);
      return { usage, costUsd: estimated, costEstimated: estimated !== null };
    },
  };
}

/** The price in `tollgate.jsonc` for the model that answered, or else for that which was asked. */
function saidPrice(own: OwnPrices, { api, model }: Exchange, usage: Usage): ModelPrice | null {
  const models = api === null ? undefined : own[api];
  if (models === undefined) return null;
  return models[usage.model ?? ''] ?? models[model ?? ''] ?? null;
}

/** A stream that broke off has told its input at most: its output is what came of it. */
function whatCame(exchange: Exchange, usage: Usage, { answer }: Texts): Usage {
  if (exchange.state === 'complete' || answer === null) return usage;
  const written = writtenTokens(answer, wholeOf(exchange, answer)) ?? 0;
  return written > usage.outputTokens ? { ...usage, outputTokens: written, guessed: true } : usage;
}

/** How many times longer the whole answer is than what was kept. */
function wholeOf({ response, responseSize }: Exchange, answer: string): number {
  return Math.max(1, (response?.body.encoding === null ? responseSize : 0) / answer.length);
}

function guess(exchange: Exchange, { request, answer }: Texts): AnswerUsage | null {
  if (answer === null || answer === '' || (exchange.status ?? 0) >= 300) return null;
  const whole = wholeOf(exchange, answer);
  const usage = guessUsage({ request, answer, whole });
  return usage === null ? null : { usage, model: null, costUsd: null };
}

/** A declared provider's own address counts before the one that is called, which may be a relay to it. */
function urlsOf({ provider, url }: Exchange): readonly string[] {
  const declared = provider === null ? null : providerById(provider);
  const called = url.replace(/[?#].*$/s, '');
  return declared === null ? [called] : [declared.upstream, called];
}

/** LiteLLM's proxy tells what it charges in a header (docs.litellm.ai/docs/proxy/response_headers). */
function toldInHeader({ response }: Exchange): number | null {
  const told = headerValue(response?.headers ?? [], 'x-litellm-response-cost');
  const cost = Number(told ?? NaN);
  return Number.isFinite(cost) && cost >= 0 ? cost : null;
}
