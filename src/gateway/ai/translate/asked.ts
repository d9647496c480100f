import type { Json } from '../translation.ts';
import type { CallOptions, FunctionTool, Prompt, ToolChoice } from './sdk.ts';

/** How much a model is to think. */
export interface Thinking {
  /** As OpenAI names it: `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`. */
  readonly effort: string | null;
  readonly budgetTokens: number | null;
}

/** A request, whatever format it came in. */
export interface Asked {
  readonly prompt: Prompt;
  readonly settings: Partial<
    Pick<
      CallOptions,
      | 'maxOutputTokens'
      | 'temperature'
      | 'topP'
      | 'topK'
      | 'presencePenalty'
      | 'frequencyPenalty'
      | 'stopSequences'
      | 'seed'
      | 'responseFormat'
    >
  >;
  readonly tools: readonly FunctionTool[];
  readonly toolChoice: ToolChoice | null;
  /** Null where the request leaves it to the vendor. */
  readonly parallelTools: boolean | null;
  readonly thinking: Thinking | null;
  /** Whether a schema that is asked for has to be kept to the letter. */
  readonly strictSchema: boolean | null;
  /** Who the caller's user is, for the vendor. */
  readonly user: string | null;
  readonly stream: boolean;
  /** Whether a stream is to end with what was used. */
  readonly includeUsage: boolean;
  /** Fields that have no place here. */
  readonly ignored: readonly string[];
  /** What the answer has to repeat. */
  readonly request: Json;
}
