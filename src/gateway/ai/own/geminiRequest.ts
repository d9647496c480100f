import type { AssistantPart, CallOptions, Message, ToolResult, UserPart } from '../translate/sdk.ts';
import type { Json } from '../translation.ts';
import type { AskedOf, OwnRequest } from './dialect.ts';
import { geminiSchema } from './geminiSchema.ts';

/**
 * A request in Gemini's format (ai.google.dev/api/generate-content), as the AI SDK's package would write it. Null where
 * it asks for something exotic, links to a file, or is for a model of a generation that is not known here.
 */
export function geminiRequest(options: CallOptions, { model }: AskedOf): OwnRequest | null {
  const generation = /(?:^|\/)gemini-([23])(?:[.-]|$)/i.exec(model)?.[1];
  const own = (options.providerOptions?.google ?? {}) as Json;
  if (generation === undefined || Object.keys(own).some((name) => name !== 'thinkingConfig')) return null;
  const { maxOutputTokens, temperature, topP, topK, stopSequences, seed, responseFormat } = options;
  const refusesPenalties = /(?:^|\/)gemini-2\.5(?:[.-]|$)/i.test(model);
  const { frequencyPenalty, presencePenalty } = options;
  const asksForJson = responseFormat?.type === 'json';
  const schema = asksForJson && responseFormat.schema !== undefined ? geminiSchema(responseFormat.schema) : undefined;
  const tools = toolsOf(options);
  const turns = turnsOf(options.prompt, generation === '3');
  if (schema === null || tools === null || turns === null) return null;
  const ignored = [
    ...(frequencyPenalty !== undefined && refusesPenalties ? ['frequency_penalty'] : []),
    ...(presencePenalty !== undefined && refusesPenalties ? ['presence_penalty'] : []),
  ];
  // What is undefined is not written.
  const generationConfig = {
    ...{ maxOutputTokens, temperature, topK, topP, stopSequences, seed },
    ...(refusesPenalties ? {} : { frequencyPenalty, presencePenalty }),
    ...(asksForJson ? { responseMimeType: 'application/json', responseSchema: schema } : {}),
    thinkingConfig: own.thinkingConfig,
  };
  const systemInstruction = turns.system.length === 0 ? undefined : { parts: turns.system };
  return { body: { generationConfig, contents: turns.contents, systemInstruction, ...tools }, ignored };
}

function toolsOf({ tools = [], toolChoice }: CallOptions): Json | null {
  if (tools.length === 0) return {};
  const functionDeclarations: Json[] = [];
  let isStrict = false;
  for (const tool of tools) {
    if (tool.type !== 'function') return null;
    const parameters = geminiSchema(tool.inputSchema);
    if (parameters === null) return null;
    functionDeclarations.push({ name: tool.name, description: tool.description ?? '', parameters });
    if (tool.strict === true) isStrict = true;
  }
  const written = { tools: [{ functionDeclarations }] };
  const config = (mode: string, more: Json = {}): Json => ({
    ...written,
    toolConfig: { functionCallingConfig: { mode, ...more } },
  });
  switch (toolChoice?.type) {
    case undefined:
      return isStrict ? config('VALIDATED') : written;
    case 'auto':
      return config(isStrict ? 'VALIDATED' : 'AUTO');
    case 'none':
      return config('NONE');
    case 'required':
      return config('ANY');
    case 'tool':
      return config('ANY', { allowedFunctionNames: [toolChoice.toolName] });
  }
}

interface Turns {
  readonly system: readonly Json[];
  readonly contents: readonly Json[];
}

function turnsOf(prompt: readonly Message[], wantsSignatures: boolean): Turns | null {
  const system: Json[] = [];
  const contents: Json[] = [];
  for (const message of prompt) {
    if (message.role === 'system') {
      if (contents.length > 0) return null;
      system.push({ text: message.content });
      continue;
    }
    const parts =
      message.role === 'user'
        ? message.content.map(userPart)
        : message.role === 'assistant'
          ? assistantParts(message.content, wantsSignatures)
          : message.content.map((part) => (part.type === 'tool-result' ? resultPart(part) : null));
    if (parts?.every((part) => part !== null) !== true) return null;
    contents.push({ role: message.role === 'assistant' ? 'model' : 'user', parts });
  }
  return { system, contents };
}

function userPart(part: UserPart): Json | null {
  if (part.type === 'text') return { text: part.text };
  const { data, mediaType } = part;
  // Links have to be followed first.
  if (typeof data !== 'string') return null;
  return { inlineData: { mimeType: mediaType === 'image/*' ? 'image/jpeg' : mediaType, data } };
}

/**
 * Gemini 3 refuses a call of its own without the signature that it gave it; for one that is lost, Google documents what
 * to say instead (ai.google.dev/gemini-api/docs/thought-signatures). Only the first of parallel calls has one.
 */
const lostSignature = 'skip_thought_signature_validator';

function assistantParts(content: readonly AssistantPart[], wantsSignatures: boolean): readonly Json[] | null {
  const parts: Json[] = [];
  let isSigned = false;
  for (const part of content) {
    const told = part.providerOptions?.google?.thoughtSignature;
    const signature = typeof told === 'string' ? { thoughtSignature: told } : {};
    if (part.type === 'text' || part.type === 'reasoning') {
      const thought = part.type === 'reasoning' ? { thought: true } : {};
      if (part.text !== '') parts.push({ text: part.text, ...thought, ...signature });
    } else if (part.type === 'tool-call' && typeof part.input !== 'string') {
      const lost = wantsSignatures && typeof told !== 'string' && !isSigned ? { thoughtSignature: lostSignature } : {};
      if (typeof told === 'string') isSigned = true;
      const functionCall = { id: part.toolCallId, name: part.toolName, args: part.input };
      parts.push({ functionCall, ...signature, ...lost });
    } else return null;
  }
  return parts;
}

function resultPart({ toolCallId: id, toolName: name, output }: ToolResult): Json | null {
  if (output.type !== 'text' && output.type !== 'error-text') return null;
  return { functionResponse: { id, name, response: { name, content: output.value } } };
}
