import type { Usage } from '../../shared/exchange.ts';
import { commonKinds, geminiKinds } from './tokenKinds.ts';

/** What an object of counts tells, and what the vendor says that the call cost, in US dollars. */
export interface Reading {
  readonly usage: Omit<Usage, 'model'>;
  readonly costUsd: number | null;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the counts of one answer, in whatever dialect: OpenAI (chat, responses, embeddings) and those who speak it,
 * Anthropic, Gemini, Bedrock, Cohere. Null where it counts no tokens.
 * Sources: platform.openai.com/docs/api-reference, docs.anthropic.com/en/api/messages,
 * ai.google.dev/api/generate-content#UsageMetadata, docs.x.ai/docs/models, openrouter.ai/docs (usage accounting).
 */
export function readFields(json: Json): Reading | null {
  const costUsd = toldCost(json);
  const usage = 'promptTokenCount' in json || 'candidatesTokenCount' in json ? gemini(json) : common(json);
  if (usage !== null) return { usage, costUsd };
  return costUsd === null ? null : { usage: noTokens, costUsd };
}

const noTokens: Reading['usage'] = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
};

/** Gemini counts thoughts and tool results beside the rest. */
function gemini(json: Json): Reading['usage'] {
  const reasoningTokens = number(json, 'thoughtsTokenCount') ?? 0;
  return {
    ...noTokens,
    inputTokens: (number(json, 'promptTokenCount') ?? 0) + (number(json, 'toolUsePromptTokenCount') ?? 0),
    outputTokens: (number(json, 'candidatesTokenCount') ?? 0) + reasoningTokens,
    cacheReadTokens: number(json, 'cachedContentTokenCount') ?? 0,
    reasoningTokens,
    ...geminiKinds(json),
  };
}

function common(json: Json): Reading['usage'] | null {
  const counted = object(json, 'tokens') ?? object(json, 'billed_units') ?? json;
  const input = number(counted, 'prompt_tokens', 'input_tokens', 'inputTokens');
  const output = number(counted, 'completion_tokens', 'output_tokens', 'outputTokens');
  const total = number(json, 'total_tokens', 'totalTokens');
  if (input === null && output === null && total === null)
    return json.type === 'duration' ? { ...noTokens, ...commonKinds(json) } : null;
  const inDetail = object(json, 'prompt_tokens_details') ?? object(json, 'input_tokens_details') ?? {};
  const outDetail = object(json, 'completion_tokens_details') ?? object(json, 'output_tokens_details') ?? {};
  const reasoningTokens = number(outDetail, 'reasoning_tokens') ?? number(json, 'reasoning_tokens') ?? 0;
  // Anthropic and Bedrock count what the cache took beside the rest; the others within it.
  const besideRead = number(json, 'cache_read_input_tokens', 'cacheReadInputTokens');
  const besideWrite = number(json, 'cache_creation_input_tokens', 'cacheWriteInputTokens');
  const within = number(inDetail, 'cached_tokens') ?? number(json, 'prompt_cache_hit_tokens', 'cached_tokens') ?? 0;
  const openai = 'prompt_tokens' in json;
  const inputTokens =
    (input ?? (output === null ? total : null) ?? 0) + (openai ? 0 : (besideRead ?? 0) + (besideWrite ?? 0));
  // xAI counts reasoning beside the completion, and only the total gives it away.
  const beside = total !== null && reasoningTokens > 0 && total === (input ?? 0) + (output ?? 0) + reasoningTokens;
  return {
    inputTokens,
    outputTokens: (output ?? 0) + (beside ? reasoningTokens : 0),
    cacheReadTokens: Math.min(besideRead ?? within, inputTokens),
    cacheWriteTokens: besideWrite ?? number(inDetail, 'cache_write_tokens') ?? 0,
    reasoningTokens,
    ...commonKinds(json),
  };
}

/** OpenRouter and Perplexity tell dollars, DeepInfra an estimate of its own, xAI ticks of which ten billion are one. */
function toldCost(json: Json): number | null {
  const told = number(json, 'cost', 'estimated_cost') ?? number(object(json, 'cost') ?? {}, 'total_cost');
  const ticks = number(json, 'cost_in_usd_ticks');
  if (told === null) return ticks === null ? null : ticks / 1e10;
  // With one's own key at OpenRouter, the cost is its fee only.
  const upstream = number(object(json, 'cost_details') ?? {}, 'upstream_inference_cost');
  return json.is_byok === true ? told + (upstream ?? 0) : told;
}

function number(json: Json, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = json[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  }
  return null;
}

function object(json: Json, name: string): Json | null {
  const value = json[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}
