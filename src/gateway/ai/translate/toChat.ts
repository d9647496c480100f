import { randomUUID } from 'node:crypto';
import type { Json } from '../translation.ts';
import { imageInChat } from './drawn.ts';
import { sealed, thoughtSignature } from './remember.ts';
import type { Content, FinishReason, Metadata, Usage, WholeAnswer } from './sdk.ts';

/** An answer in the format of OpenAI's chat completions. */
export function toChat({ content, finishReason, usage, response }: WholeAnswer, model: string): Json {
  const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
  const calls = content.filter((part) => part.type === 'tool-call');
  const message = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...reasoningOf(content),
    ...annotationsOf(content),
    ...imagesOf(content),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call) => toolCall(call)) }),
  };
  return {
    id: response?.id ?? `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor((response?.timestamp?.getTime() ?? Date.now()) / 1000),
    model,
    choices: [{ index: 0, message, finish_reason: chatReason(finishReason), logprobs: null }],
    usage: chatUsage(usage),
  };
}

type ToolCall = Extract<Content, { type: 'tool-call' }>;

function toolCall({ toolCallId, toolName, input, providerMetadata }: ToolCall): Json {
  return {
    id: toolCallId,
    type: 'function',
    function: { name: toolName, arguments: input === '' ? '{}' : input },
    ...extraContent(providerMetadata),
  };
}

/** Where Google's own endpoint in OpenAI's format puts a thought signature (ai.google.dev/gemini-api/docs/thought-signatures). */
export function extraContent(metadata: Metadata | undefined): Json {
  const signature = thoughtSignature(metadata);
  return signature === null ? {} : { extra_content: { google: { thought_signature: signature } } };
}

function reasoningOf(content: readonly Content[]): Json {
  const parts = content.filter((part) => part.type === 'reasoning');
  if (parts.length === 0) return {};
  return {
    reasoning_content: parts.map(({ text }) => text).join(''),
    reasoning_details: parts.map(({ text, providerMetadata }, index) => reasoningDetail(text, providerMetadata, index)),
  };
}

/** A piece of thinking with its signature. */
export function reasoningDetail(text: string, metadata: Metadata | undefined, index: number): Json {
  return { type: 'reasoning.text', text, signature: sealed(metadata), index };
}

function imagesOf(content: readonly Content[]): Json {
  const images = content.flatMap((part) => (part.type === 'file' ? [imageInChat(part)] : []));
  return images.length === 0 ? {} : { images };
}

function annotationsOf(content: readonly Content[]): Json {
  const found = content.flatMap((part) =>
    part.type === 'source' && part.sourceType === 'url'
      ? [
          {
            type: 'url_citation',
            url_citation: { url: part.url, title: part.title ?? '', start_index: 0, end_index: 0 },
          },
        ]
      : [],
  );
  return found.length === 0 ? {} : { annotations: found };
}

/** Why it ended, in OpenAI's words. */
export function chatReason({ unified }: FinishReason): string {
  switch (unified) {
    case 'tool-calls':
      return 'tool_calls';
    case 'content-filter':
      return 'content_filter';
    case 'length':
      return 'length';
    case 'stop':
    case 'error':
    case 'other':
      return 'stop';
  }
}

/** What was used, as OpenAI counts: what a cache had is part of the input, and thinking part of the output. */
export function chatUsage({ inputTokens, outputTokens }: Usage): Json {
  const input = inputTokens.total ?? 0;
  const output = outputTokens.total ?? 0;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: inputTokens.cacheRead ?? 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: outputTokens.reasoning ?? 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
