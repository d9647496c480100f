import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { gatewayWith, type GatewayFixture } from '../gateway/support.ts';
import { anthropic, openai, type Said } from './dialects.ts';
import { vendor, type Answer, type Received, type Vendor } from './vendors.ts';

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
