import { providerById } from '../providers/index.ts';
import type { HeaderList } from '../shared/exchange.ts';
import type { Cause } from '../shared/finding.ts';
import {
  challengeProtocols,
  simulatedCauses,
  type ChallengeProtocol,
  type SimulatedCause,
} from '../shared/simulation.ts';
import type { Answer, Refusals, Scene } from './answer.ts';
import { anthropic } from './anthropic.ts';
import { awsBedrock } from './awsBedrock.ts';
import { challenges, x402 } from './challenges.ts';
import { checkoutCom } from './checkoutCom.ts';
import { deepseek } from './deepseek.ts';
import { elevenlabs } from './elevenlabs.ts';
import { gemini } from './gemini.ts';
import { githubCopilot } from './githubCopilot.ts';
import { googleCloud } from './googleCloud.ts';
import { googleMaps } from './googleMaps.ts';
import { groq } from './groq.ts';
import { midStream } from './midStream.ts';
import { minimax } from './minimax.ts';
import { mistral } from './mistral.ts';
import { moonshot } from './moonshot.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { paypal } from './paypal.ts';
import { stripe } from './stripe.ts';
import { tavily } from './tavily.ts';
import { twilio } from './twilio.ts';
import { usualAnswer } from './usual.ts';
import { xai } from './xai.ts';
import { zhipu } from './zhipu.ts';

/** Vendors whose own answers are known, by the provider's id. */
const own: Readonly<Record<string, Refusals>> = {
  openrouter,
  openai,
  anthropic,
  gemini,
  deepseek,
  mistral,
  groq,
  xai,
  moonshot,
  zhipu,
  minimax,
  stripe,
  paypal,
  'checkout-com': checkoutCom,
  'aws-bedrock': awsBedrock,
  vertex: googleCloud,
  'google-cloud': googleCloud,
  'google-maps': googleMaps,
  'github-copilot': githubCopilot,
  elevenlabs,
  tavily,
  twilio,
};

/** Whose refusals are about other people's cards: what other vendors usually say would not be true to life there. */
const processors: ReadonlySet<string> = new Set(['stripe', 'paypal', 'checkout-com']);

/** What can come to light only while an answer is under way; the rest is known before it begins. */
const late: ReadonlySet<SimulatedCause> = new Set([
  'insufficient_funds',
  'spend_limit_or_budget_reached',
  'usage_quota_exceeded',
  'rate_limit',
  'payment_service_outage',
]);

/** A refusal ready to be sent. */
export interface Simulation {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

/** What a simulation is asked to look like; what is absent is made up. */
export interface SimulationCall extends Partial<Scene> {
  /** True to let the answer begin as a stream and break off. */
  readonly midStream?: boolean;
}

/** The causes that can be rehearsed at a provider (by its id; null for an unknown one), likeliest kinds first. */
export function simulations(provider: string | null): readonly SimulatedCause[] {
  return simulatedCauses.filter((cause) => simulation(provider, cause) !== null);
}

/** A provider's answer for a cause, true to its documented shape; null where it gives no such refusal. */
export function simulation(
  provider: string | null,
  cause: SimulatedCause,
  call: SimulationCall = {},
): Simulation | null {
  const scene: Scene = {
    now: call.now ?? Date.now(),
    id: call.id ?? '5e11ab1e0ddba115c0ffee00decafbad',
    model: call.model ?? 'a-model',
    tokens: call.tokens ?? 4096,
    path: call.path ?? '/',
  };
  const answer = answerOf(provider, cause, scene);
  if (answer === null) return null;
  const streamed = call.midStream === true && late.has(cause) ? midStream(vendorOf(provider), answer, scene) : null;
  return toSimulation(streamed ?? answer, scene);
}

/** Whether a provider's streams can break off with this refusal. */
export function canBreakOff(provider: string | null, cause: SimulatedCause): boolean {
  if (!late.has(cause)) return false;
  const dialect = vendorOf(provider)?.dialect;
  return dialect === 'openai' || dialect === 'anthropic';
}

function answerOf(provider: string | null, cause: SimulatedCause, scene: Scene): Answer | null {
  if (isProtocol(cause)) return processors.has(provider ?? '') ? null : challenges[cause](scene);
  const refusal = ownOf(provider)?.[cause];
  if (refusal !== undefined) return refusal(scene);
  if (processors.has(provider ?? '')) return null;
  return cause === 'payment_protocol_challenge' ? x402(scene) : usualAnswer(vendorOf(provider), cause, scene);
}

function ownOf(provider: string | null): Readonly<Partial<Record<Cause, (scene: Scene) => Answer>>> | undefined {
  return provider !== null && Object.hasOwn(own, provider) ? own[provider] : undefined;
}

function vendorOf(provider: string | null): ReturnType<typeof providerById> {
  return provider === null ? null : providerById(provider);
}

function isProtocol(cause: SimulatedCause): cause is ChallengeProtocol {
  return (challengeProtocols as readonly string[]).includes(cause);
}

function toSimulation({ status, body, headers = {} }: Answer, { now }: Scene): Simulation {
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  const own = Object.entries(headers);
  return {
    status,
    headers: [
      ['Date', new Date(now).toUTCString()],
      ...(own.some(([name]) => name === 'Content-Type') ? [] : [['Content-Type', type] as const]),
      ...own,
    ],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
