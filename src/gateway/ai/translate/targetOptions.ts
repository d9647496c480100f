import type { TranslationJob } from '../translation.ts';
import type { Asked } from './asked.ts';
import type { CallOptions, Message, Options } from './sdk.ts';
import { thinkingOptions } from './thinking.ts';

/** The options of a call to a target, and the fields that it cannot honour. */
export interface TargetOptions {
  readonly options: CallOptions;
  readonly ignored: readonly string[];
}

/** The vendors that take what only OpenAI itself takes. */
export function isOpenai(provider: string): boolean {
  return provider === 'openai' || provider === 'azure-openai';
}

/** Puts a request into the target's terms. */
export function targetOptions(
  asked: Asked,
  { target, signal }: Pick<TranslationJob, 'target' | 'signal'>,
): TargetOptions {
  const ignored = [...asked.ignored];
  const own: Record<string, unknown> = {};
  const { dialect, model } = target;
  const key = optionsKey(target);
  if (asked.thinking !== null) {
    const found = thinkingOptions(asked.thinking, dialect, model);
    if (found === null) ignored.push('reasoning');
    else Object.assign(own, found);
  }
  // OpenAI thinks on its own side, and takes nobody's thoughts back in this format.
  if (dialect === 'openai' && isOpenai(target.provider) && asked.prompt.some(thinks)) ignored.push('reasoning_content');
  if (asked.parallelTools !== null && asked.tools.length > 0) {
    if (dialect === 'anthropic') own.disableParallelToolUse = !asked.parallelTools;
    else if (dialect === 'mistral' || dialect === 'responses' || isOpenai(target.provider))
      own.parallelToolCalls = asked.parallelTools;
    else if (dialect === 'openai') own.parallel_tool_calls = asked.parallelTools;
    else if (!asked.parallelTools) ignored.push('parallel_tool_calls');
  }
  if (asked.user !== null) {
    if (dialect === 'anthropic') own.metadata = { userId: asked.user };
    else if (dialect === 'openai' || dialect === 'responses') own.user = asked.user;
    else ignored.push('user');
  }
  if (asked.strictSchema !== null && asked.settings.responseFormat !== undefined)
    if (dialect === 'openai' || dialect === 'responses' || dialect === 'mistral')
      own.strictJsonSchema = asked.strictSchema;
  const { prompt, moved } = systemFirst(
    asked.prompt,
    dialect === 'openai' || dialect === 'responses' || dialect === 'mistral',
  );
  if (moved) ignored.push('order of system messages');
  const providerOptions: Options = Object.keys(own).length === 0 ? {} : { [key]: own as Options[string] };
  return {
    ignored,
    options: {
      ...asked.settings,
      prompt,
      ...(asked.tools.length === 0 ? {} : { tools: [...asked.tools] }),
      ...(asked.toolChoice === null ? {} : { toolChoice: asked.toolChoice }),
      providerOptions,
      abortSignal: signal,
    },
  };
}

function thinks(message: Message): boolean {
  return message.role === 'assistant' && message.content.some(({ type }) => type === 'reasoning');
}

function optionsKey({ dialect, provider }: TranslationJob['target']): string {
  if (dialect === 'openai') return isOpenai(provider) ? 'openai' : 'compatible';
  return {
    anthropic: 'anthropic',
    gemini: 'google',
    mistral: 'mistral',
    cohere: 'cohere',
    bedrock: 'bedrock',
    responses: 'openai',
  }[dialect];
}

/** Most vendors hear the system before all else only. */
function systemFirst(
  prompt: readonly Message[],
  anywhere: boolean,
): { readonly prompt: Message[]; readonly moved: boolean } {
  const first = prompt.findIndex(({ role }) => role !== 'system');
  const later = first === -1 ? [] : prompt.slice(first).filter(({ role }) => role === 'system');
  if (anywhere || later.length === 0) return { prompt: [...prompt], moved: false };
  const system = prompt.filter(({ role }) => role === 'system');
  return { prompt: [...system, ...prompt.filter(({ role }) => role !== 'system')], moved: true };
}
