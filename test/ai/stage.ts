import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { gatewayWith, type GatewayFixture } from '../gateway/support.ts';
import { anthropic, mistral, openai, type Said, type Spoken } from './dialects.ts';
import { bedrock, cohere, gemini } from './moreDialects.ts';
import { vendor, type Answer, type Received, type Vendor } from './vendors.ts';

/** The vendors of a stage: a model of each, and how it speaks. */
export const vendors = {
  anthropic: { model: 'anthropic/claude-sonnet-4-5', spoken: anthropic },
  gemini: { model: 'gemini/gemini-2.5-flash', spoken: gemini },
  mistral: { model: 'mistral/mistral-large-latest', spoken: mistral },
  cohere: { model: 'cohere/command-a-03-2025', spoken: cohere },
  'aws-bedrock': { model: 'aws-bedrock/amazon.nova-pro-v1:0', spoken: bedrock },
  groq: { model: 'groq/llama-3.3-70b-versatile', spoken: openai },
  openai: { model: 'openai/gpt-4.1', spoken: openai },
} as const satisfies Readonly<Record<string, { readonly model: string; readonly spoken: Spoken }>>;
export type VendorName = keyof typeof vendors;

type Next = Said | ((received: Received) => Answer);

/** A gateway before vendors of one's own, with the clients that people use. */
export interface Stage {
  readonly gateway: GatewayFixture;
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
  readonly vendors: Readonly<Record<VendorName, Vendor>>;
  /** What a vendor says from now on. */
  say(name: VendorName, said: Next): void;
}

/** Opens a stage with all vendors; `apis` says more of some of them, or declares others. */
export async function stage(apis: Readonly<Record<string, object>> = {}): Promise<Stage> {
  const next = new Map<string, Next>();
  const standing: Said = { text: 'Hello', input: 10, output: 5 };
  const names = Object.keys(vendors) as VendorName[];
  const opened = await Promise.all(
    names.map(async (name) => {
      const { spoken } = vendors[name];
      const one = await vendor(spoken.strict, (received) => {
        const said = next.get(name) ?? standing;
        return typeof said === 'function' ? said(received) : spoken.answer(said, received);
      });
      return [name, one] as const;
    }),
  );
  const declared = opened.map(([name, { url }]) => [name, { provider: name, upstream: url, ...apis[name] }] as const);
  const gateway = await gatewayWith(
    { ...apis, ...Object.fromEntries(declared) },
    { secrets: Object.fromEntries(names.map((name) => [name, { type: 'key', value: 'sk-vendor' } as const])) },
  );
  const apiKey = gateway.programKey;
  return {
    gateway,
    openai: new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: gateway.url, apiKey, maxRetries: 0 }),
    vendors: Object.fromEntries(opened) as Record<VendorName, Vendor>,
    say: (name, said) => void next.set(name, said),
  };
}
