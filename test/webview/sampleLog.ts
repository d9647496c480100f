import { CallLog, outOfCredit } from './callLog.ts';

const prompt = JSON.stringify(
  {
    model: 'anthropic/claude-sonnet-4.5',
    max_tokens: 4096,
    stream: false,
    messages: [
      {
        role: 'system',
        content:
          'You are a helpful shop assistant. Answer in one paragraph, never invent prices, and name the product page.',
      },
      { role: 'user', content: 'Which of your kettles is the quietest? My neighbours — 邻居 — complain at 6 am.' },
    ],
    user: 'customer-8841',
  },
  null,
  0,
);

const refusal = JSON.stringify({
  error: {
    message:
      'This request needs more credits, or fewer max_tokens. You asked for up to 4096 tokens, but can only afford 412.',
    code: 402,
    metadata: { provider_name: null, headers: { 'X-RateLimit-Remaining': 0 } },
  },
  user_id: 'user_2aX9',
});

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAaElEQVR42u3PQQ0AAAgDsel4oH/FGGBAUpLmP3UKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADwNQC0nQABW1zcRQAAAABJRU5ErkJggg==';

/** A log as a day's work leaves it: one call of every sort that the panel shows differently, the newest last. */
export function sampleLog(): CallLog {
  const log = new CallLog();
  for (let index = 0; index < 60; index++)
    log.add(
      index % 7 === 3
        ? {
            api: 'orders',
            provider: null,
            host: '127.0.0.1:9000',
            path: `/orders/${String(1000 + index)}?expand=lines`,
            method: 'GET',
            model: null,
          }
        : index % 11 === 5
          ? { status: 404, path: '/v1/models/gpt-9', method: 'GET', callSite: null }
          : {
              request: prompt,
              response:
                '{"id":"chatcmpl-1","choices":[{"message":{"content":"The Whisper 2."}}],"usage":{"total_tokens":91}}',
            },
    );
  log.add({
    api: 'images',
    host: 'api.together.xyz',
    path: '/v1/images/file/7',
    method: 'GET',
    responseType: 'image/png',
    response: Buffer.from(png, 'base64'),
  });
  log.add({
    api: 'anthropic',
    host: 'api.anthropic.com',
    path: '/v1/messages',
    responseType: 'text/event-stream; charset=utf-8',
    response: stream(14),
  });
  log.add({
    api: 'orders',
    host: '127.0.0.1:9000',
    path: '/orders',
    state: 'failed',
    response: null,
    callSite: null,
    failure: {
      code: 'upstream_unreachable',
      message: 'Nothing listens at 127.0.0.1:9000 (ECONNREFUSED).',
      hint: 'Start the server, or correct "upstream" of "orders" in tollgate.jsonc.',
    },
    timing: { queue: 0.3, connect: null, tls: null, firstByte: null, download: null, total: 1.2 },
    duration: 1.2,
  });
  log.add({
    api: 'export',
    host: 'data.example.com',
    path: '/v2/export?format=json&key=[redacted]',
    method: 'GET',
    response: `[${'{"id":1,"name":"Ada","tags":["a","b"]},'.repeat(300)}`,
    stored: 11_700,
    responseSize: 3_355_443,
  });
  log.add({
    state: 'aborted',
    path: '/v1/responses',
    response: 'data: {"type":"response.created"}\n\ndata: {"type":"resp',
    responseType: 'text/event-stream',
  });
  log.add({
    api: 'openai',
    status: 429,
    path: '/v1/embeddings',
    responseHeaders: [
      ['Content-Type', 'application/json'],
      ['Retry-After', '20'],
    ],
    response: '{"error":{"message":"Rate limit reached for requests.","type":"requests","code":"rate_limit_exceeded"}}',
    diagnosis: {
      ...outOfCredit,
      rule: 'openai',
      cause: 'rate_limit',
      summary: { message: 'OpenAI asks to slow down: 3 requests a minute are allowed.', args: [] },
      retry: { helps: true, afterSeconds: 20 },
      facts: { limit: 3, remaining: 0 },
      alternatives: [],
    },
  });
  log.add({
    api: 'openrouter',
    provider: 'openrouter',
    host: 'openrouter.ai',
    path: '/api/v1/chat/completions',
    model: 'anthropic/claude-sonnet-4.5',
    status: 402,
    request: prompt,
    response: refusal,
    diagnosis: outOfCredit,
    callSite: { file: '/home/ada/shop/src/assistant.ts', line: 12, column: 27, function: 'answer', certainty: 'exact' },
  });
  log.add({
    state: 'open',
    response: null,
    duration: null,
    path: '/v1/chat/completions',
    timing: { queue: 0.2, connect: null, tls: null, firstByte: null, download: null, total: null },
  });
  return log;
}

/** An answer streamed as Anthropic does, in `pieces` pieces. */
export function stream(pieces: number): string {
  const events = [
    ['message_start', { type: 'message_start', message: { id: 'msg_01', role: 'assistant', content: [] } }] as const,
  ];
  const deltas = Array.from(
    { length: pieces },
    (_, index) =>
      [
        'content_block_delta',
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: `word ${String(index)} ` } },
      ] as const,
  );
  return [...events, ...deltas].map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
}
