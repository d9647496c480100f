import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A vendor that speaks the dialects of OpenAI, Anthropic and Gemini, and answers at once. Tells its parent its port.
const count = Number(process.argv[2] ?? 72);
const word = 'a word or two ';
const sse = (data: object | string): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const named = (data: { readonly type: string }): string => `event: ${data.type}\n${sse(data)}`;
const times = <Value>(make: () => Value): Value[] => Array.from({ length: count }, make);

const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4.1' };
const openaiStream = [
  ...times(() => sse({ ...chunk, choices: [{ index: 0, delta: { content: word }, finish_reason: null }] })),
  sse({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  sse({ ...chunk, choices: [], usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 } }),
  sse('[DONE]'),
].map((text) => Buffer.from(text));
const openaiWhole = JSON.stringify({
  ...{ id: 'c', object: 'chat.completion', created: 1, model: 'gpt-4.1' },
  choices: [{ index: 0, message: { role: 'assistant', content: word.repeat(20) }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
});

const message = { id: 'm', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_sequence: null };
const usage = { input_tokens: 9, output_tokens: 9 };
const anthropicStream = [
  named({ type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } } as { type: string }),
  named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as { type: string }),
  ...times(() =>
    named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: word } } as { type: string }),
  ),
  named({ type: 'content_block_stop', index: 0 } as { type: string }),
  named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } } as { type: string }),
  named({ type: 'message_stop' }),
].map((text) => Buffer.from(text));
const anthropicWhole = JSON.stringify({
  ...message,
  content: [{ type: 'text', text: word.repeat(20) }],
  stop_reason: 'end_turn',
  usage,
});

const counted = { promptTokenCount: 9, candidatesTokenCount: 9, totalTokenCount: 18 };
const gemini = (text: string, more: object): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...more }],
  usageMetadata: counted,
  modelVersion: 'gemini-2.5-flash',
});
const geminiStream = [...times(() => sse(gemini(word, {}))), sse(gemini('.', { finishReason: 'STOP' }))].map((text) =>
  Buffer.from(text),
);
const geminiWhole = JSON.stringify(gemini(word.repeat(20), { finishReason: 'STOP' }));

const dialects = {
  openai: { whole: openaiWhole, stream: openaiStream },
  anthropic: { whole: anthropicWhole, stream: anthropicStream },
  gemini: { whole: geminiWhole, stream: geminiStream },
};

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { url = '' } = request;
    const dialect = url.endsWith('/messages') ? 'anthropic' : url.includes(':') ? 'gemini' : 'openai';
    const { whole: body, stream } = dialects[dialect];
    const streams = url.includes('streamGenerate') || Buffer.concat(pieces).includes('"stream":true');
    if (!streams) {
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
        .end(body);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const event of stream) response.write(event);
    response.end();
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
