import type { createAnthropic } from '@ai-sdk/anthropic';

/** The types of the AI SDK's providers, third version of their interface; taken from one of them, as all have the same. */
export type LanguageModel = ReturnType<ReturnType<typeof createAnthropic>['languageModel']>;
export type CallOptions = Parameters<LanguageModel['doGenerate']>[0];
export type Prompt = CallOptions['prompt'];
export type Message = Prompt[number];
export type UserPart = Extract<Message, { role: 'user' }>['content'][number];
export type AssistantPart = Extract<Message, { role: 'assistant' }>['content'][number];
export type ToolPart = Extract<Message, { role: 'tool' }>['content'][number];
export type ToolResult = Extract<ToolPart, { type: 'tool-result' }>;
export type FunctionTool = Extract<NonNullable<CallOptions['tools']>[number], { type: 'function' }>;
export type ToolChoice = NonNullable<CallOptions['toolChoice']>;
export type Options = NonNullable<CallOptions['providerOptions']>;
export type Whole = Awaited<ReturnType<LanguageModel['doGenerate']>>;
/** What of an answer is written. */
export type WholeAnswer = Pick<Whole, 'content' | 'finishReason' | 'usage' | 'response'>;
export type Content = Whole['content'][number];
export type Usage = Whole['usage'];
export type FinishReason = Whole['finishReason'];
export type StreamPart =
  Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;
export type Metadata = NonNullable<Extract<Content, { type: 'text' }>['providerMetadata']>;
export type Warning = Whole['warnings'][number];

/** The parts of a stream that clients hear of. */
export type SpokenPart = Extract<
  StreamPart,
  {
    type:
      | 'text-start'
      | 'text-delta'
      | 'text-end'
      | 'reasoning-start'
      | 'reasoning-delta'
      | 'reasoning-end'
      | 'tool-input-start'
      | 'tool-input-delta'
      | 'tool-call'
      | 'file'
      | 'finish';
  }
>;
