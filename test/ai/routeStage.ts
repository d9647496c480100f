import type { Exchange } from '../../src/shared/exchange.ts';
import type { PanelBody } from '../../src/shared/panel.ts';
import { toPanelBody } from '../../src/shared/panelBody.ts';
import type { Side } from '../../src/shared/protocol.ts';
import type { ClientSide } from '../../src/shared/stages.ts';
import { wholeExchangeText } from '../../src/troubleshoot/wholeExchange.ts';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { gatewayWith, type GatewayFixture } from '../gateway/support.ts';
import { anthropic, openai, type Said } from './dialects.ts';
import { vendor, type Answer, type Received, type Vendor } from './vendors.ts';

const quick = { first: 0.01, most: 0.02 };

/** What names of models stand for in tests. */
export const aliases = {
  fast: { targets: [{ model: 'openai/gpt-4.1', parameters: { temperature: 0.5, top_p: 1 } }] },
  smart: { targets: [{ model: 'openai/gpt-4.1', credentials: ['openai', 'second'] }, 'anthropic/claude-sonnet-4-5'] },
  three: {
    targets: ['openai/gpt-4.1', 'groq/llama-3.3-70b-versatile', 'anthropic/claude-sonnet-4-5'],
    retries: 0,
  },
  credit: { targets: ['anthropic/claude-sonnet-4-5', 'openai/gpt-4.1'] },
  broken: {
    targets: ['openai/gpt-4.1', 'groq/llama-3.3-70b-versatile'],
    retries: 1,
    backOff: quick,
    breaker: { failures: 3, open: 60 },
  },
  patient: { targets: ['openai/gpt-4.1'], maxWait: 2 },
  cached: { targets: ['openai/gpt-4.1', 'anthropic/claude-sonnet-4-5'], cache: { ttl: 60 } },
  keys: { targets: [{ model: 'openai/gpt-4.1', credentials: ['openai', 'second'] }] },
};

/** What a vendor answers from now on. */
type Next = (received: Received) => Answer;

/** A gateway with aliases, before two vendors of OpenAI's dialect and one of Anthropic's. */
export interface RouteStage {
  readonly gateway: GatewayFixture;
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
  readonly vendors: Readonly<Record<'openai' | 'groq' | 'anthropic', Vendor>>;
  say(name: 'openai' | 'groq' | 'anthropic', next: Next): void;
}

export const wellSaid: Said = { text: 'Hello', input: 10, output: 5 };
export const hi: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hi' }];

/** OpenAI's answer for an empty wallet: the status is that of a rate limit. */
export const outOfMoney: Answer = {
  status: 429,
  json: {
    error: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      param: null,
      code: 'insufficient_quota',
    },
  },
};
export const tooFast = (seconds: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  json: { error: { message: 'Rate limit reached for requests', type: 'requests', code: 'rate_limit_exceeded' } },
});
export const down: Answer = { status: 503, json: { error: { message: 'The server is overloaded.' } } };

/** Which key a request showed, bare. */
export function keyOf({ headers }: Received): string {
  return String(headers.authorization ?? headers['x-api-key'] ?? '').replace(/^Bearer /, '');
}

/** Answers in OpenAI's dialect. */
export const speak: Next = (received) => openai.answer(wellSaid, received);

/** Answers in Anthropic’s. */
export const speakAnthropic: Next = (received) => anthropic.answer(wellSaid, received);

export async function routeStage(
  models: Readonly<Record<string, unknown>>,
  more: { readonly apis?: Readonly<Record<string, object>>; readonly catalogue?: object } = {},
): Promise<RouteStage> {
  const next = new Map<string, Next>();
  const asking =
    (name: string, standing: Next): Next =>
    (received) =>
      (next.get(name) ?? standing)(received);
  const vendors = {
    openai: await vendor(() => null, asking('openai', speak)),
    groq: await vendor(() => null, asking('groq', speak)),
    anthropic: await vendor(anthropic.strict, asking('anthropic', speakAnthropic)),
  };
  const apis = Object.fromEntries(
    Object.entries(vendors).map(([name, { url }]) => [name, { provider: name, upstream: url, ...more.apis?.[name] }]),
  );
  const gateway = await gatewayWith(apis, {
    secrets: Object.fromEntries(
      [...Object.keys(vendors), 'second'].map((name) => [
        name,
        { type: 'key', value: name === 'anthropic' ? 'sk-vendor' : `sk-${name}` },
      ]),
    ),
    credentials: { second: { type: 'key' } },
    catalogue: { models, ...more.catalogue },
  });
  const apiKey = gateway.programKey;
  return {
    gateway,
    vendors,
    openai: new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: gateway.url, apiKey, maxRetries: 0 }),
    say: (name, said) => void next.set(name, said),
  };
}

/** An exchange as `tollgate show` prints it. */
export async function wholeText({ gateway }: RouteStage, exchange: Exchange): Promise<string> {
  const body = async (side: Side | ClientSide): Promise<PanelBody | null> => {
    const stored = await gateway.api.body(exchange.id, side);
    return stored === null ? null : toPanelBody(stored);
  };
  return wholeExchangeText({
    ...{ exchange, request: await body('request'), response: await body('response') },
    ...{ clientRequest: await body('clientRequest'), clientResponse: await body('clientResponse') },
  });
}
