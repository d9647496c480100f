import { crc32 } from 'node:zlib';
import { unknownKeys, type Json, type Spoken } from './dialects.ts';
import { events, namedEvents } from './vendors.ts';

/** https://ai.google.dev/api/generate-content: a thought signature belongs to its function call. */
export const gemini: Spoken = {
  strict: ({ url, headers, body }) => {
    if (headers['x-goog-api-key'] !== 'sk-vendor') return 'no key';
    if (/^\/v1beta\/models\/[\w.-]+:batchEmbedContents$/.test(url)) return unknownKeys(body, ['requests']);
    if (!/^\/v1beta\/models\/[\w.-]+:(?:generateContent|streamGenerateContent\?alt=sse)$/.test(url))
      return `path ${url}`;
    const wrong = unknownKeys(body, [
      'contents',
      'systemInstruction',
      'generationConfig',
      'tools',
      'toolConfig',
      'safetySettings',
      'cachedContent',
      'labels',
      'serviceTier',
    ]);
    if (wrong !== null) return wrong;
    const contents = body.contents as readonly { role: string; parts: readonly Json[] }[];
    for (const { role, parts } of contents) {
      if (role !== 'user' && role !== 'model') return `role ${role}`;
      if (parts.length === 0) return 'parts must not be empty';
    }
    return null;
  },
  answer: (said, { url }) => {
    const parts: Json[] = [
      ...(said.thinking === undefined ? [] : [{ text: said.thinking, thought: true }]),
      ...(said.text === '' ? [] : [{ text: said.text }]),
      ...(said.calls ?? []).map(({ id, name, input, signature }) => ({
        functionCall: { id, name, args: input },
        ...(signature === undefined ? {} : { thoughtSignature: signature }),
      })),
    ];
    const usageMetadata = {
      promptTokenCount: said.input,
      candidatesTokenCount: said.output,
      totalTokenCount: said.input + said.output,
      ...(said.cached === undefined ? {} : { cachedContentTokenCount: said.cached }),
    };
    const finishReason = said.stop === 'length' ? 'MAX_TOKENS' : 'STOP';
    const chunk = (some: readonly Json[], more: Json) => ({
      candidates: [{ content: { role: 'model', parts: some }, index: 0, ...more }],
      usageMetadata,
      modelVersion: 'gemini-2.5-flash',
    });
    if (!url.includes('alt=sse')) return { json: chunk(parts, { finishReason }) };
    return {
      stream: events(...parts.map((part, at) => chunk([part], at === parts.length - 1 ? { finishReason } : {}))),
    };
  },
};

/** https://docs.cohere.com/reference/chat */
export const cohere: Spoken = {
  strict: ({ url, headers, body }) => {
    if (url !== '/v2/chat') return `path ${url}`;
    if (headers.authorization !== 'Bearer sk-vendor') return 'no key';
    return unknownKeys(body, [
      'model',
      'messages',
      'stream',
      'tools',
      'tool_choice',
      'documents',
      'response_format',
      'max_tokens',
      'stop_sequences',
      'temperature',
      'seed',
      'frequency_penalty',
      'presence_penalty',
      'k',
      'p',
      'thinking',
      'strict_tools',
    ]);
  },
  answer: (said, { body }) => {
    const reason = { stop: 'COMPLETE', length: 'MAX_TOKENS', tool: 'TOOL_CALL' }[said.stop ?? 'stop'];
    const usage = {
      billed_units: { input_tokens: said.input, output_tokens: said.output },
      tokens: { input_tokens: said.input, output_tokens: said.output },
    };
    const calls = (said.calls ?? []).map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    }));
    if (body.stream !== true) {
      const content = said.text === '' ? [] : [{ type: 'text', text: said.text }];
      return {
        json: {
          id: 'c1',
          finish_reason: reason,
          message: { role: 'assistant', content, ...(calls.length === 0 ? {} : { tool_calls: calls }) },
          usage,
        },
      };
    }
    const text: readonly (Json & { readonly type: string })[] = [
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { text: said.text } } } },
      { type: 'content-end', index: 0 },
    ];
    return {
      stream: namedEvents(
        { type: 'message-start', id: 'c1', delta: { message: { role: 'assistant', content: [] } } },
        ...(said.text === '' ? [] : text),
        ...calls.flatMap((call, index) => [
          {
            type: 'tool-call-start',
            index,
            delta: { message: { tool_calls: { ...call, function: { name: call.function.name, arguments: '' } } } },
          },
          {
            type: 'tool-call-delta',
            index,
            delta: { message: { tool_calls: { function: { arguments: call.function.arguments } } } },
          },
          { type: 'tool-call-end', index },
        ]),
        { type: 'message-end', delta: { finish_reason: reason, usage } },
      ),
    };
  },
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const bedrock: Spoken = {
  strict: ({ url, headers, body }) => {
    if (!/^\/model\/[^/]+\/converse(?:-stream)?$/.test(url)) return `path ${url}`;
    if (headers.authorization !== 'Bearer sk-vendor') return 'no key';
    return unknownKeys(body, [
      'system',
      'messages',
      'inferenceConfig',
      'toolConfig',
      'additionalModelRequestFields',
      'additionalModelResponseFieldPaths',
      'guardrailConfig',
      'serviceTier',
      'outputConfig',
    ]);
  },
  answer: (said, { url }) => {
    const stopReason = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use' }[said.stop ?? 'stop'];
    const usage = { inputTokens: said.input, outputTokens: said.output, totalTokens: said.input + said.output };
    const calls = (said.calls ?? []).map(({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } }));
    if (!url.endsWith('-stream'))
      return {
        json: {
          output: {
            message: { role: 'assistant', content: [...(said.text === '' ? [] : [{ text: said.text }]), ...calls] },
          },
          stopReason,
          usage,
          metrics: { latencyMs: 1 },
        },
      };
    const first = said.text === '' ? 0 : 1;
    return {
      headers: { 'Content-Type': 'application/vnd.amazon.eventstream' },
      stream: [
        frame('messageStart', { role: 'assistant' }),
        ...(said.text === ''
          ? []
          : [
              frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: said.text } }),
              frame('contentBlockStop', { contentBlockIndex: 0 }),
            ]),
        ...calls.flatMap(({ toolUse }, at) => [
          frame('contentBlockStart', {
            contentBlockIndex: first + at,
            start: { toolUse: { toolUseId: toolUse.toolUseId, name: toolUse.name } },
          }),
          frame('contentBlockDelta', {
            contentBlockIndex: first + at,
            delta: { toolUse: { input: JSON.stringify(toolUse.input) } },
          }),
          frame('contentBlockStop', { contentBlockIndex: first + at }),
        ]),
        frame('messageStop', { stopReason }),
        frame('metadata', { usage, metrics: { latencyMs: 1 } }),
      ],
    };
  },
};

/** A message of AWS's event stream (docs.aws.amazon.com/transcribe/latest/dg/event-stream.html). */
function frame(type: string, payload: Json): Buffer {
  const header = (name: string, value: string): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(Buffer.byteLength(value));
    return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
  };
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + headers.length + body.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const message = Buffer.concat([prelude, headers, body]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(message));
  return Buffer.concat([message, check]);
}
