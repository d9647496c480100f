import type { DatabaseSync } from 'node:sqlite';
import type { StorableBody } from '../../src/gateway/redact/redactor.ts';
import { createStore, type Saving } from '../../src/gateway/store/store.ts';
import type { Exchange, ExchangeId, Redacted } from '../../src/shared/exchange.ts';
import type { Cause } from '../../src/shared/finding.ts';

/** A small generator with a seed (mulberry32), so that every run measures the same log. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

const apis = [
  {
    api: 'openrouter',
    host: 'openrouter.ai',
    path: '/api/v1/chat/completions',
    models: ['openai/gpt-5', 'z-ai/glm-5'],
  },
  { api: 'openai', host: 'api.openai.com', path: '/v1/chat/completions', models: ['gpt-5-mini', 'gpt-4o', 'o4-mini'] },
  {
    api: 'anthropic',
    host: 'api.anthropic.com',
    path: '/v1/messages',
    models: ['claude-sonnet-4-5', 'claude-haiku-4-5'],
  },
  {
    api: 'gemini',
    host: 'generativelanguage.googleapis.com',
    path: '/v1beta/models/gemini-2.5-pro:generateContent',
    models: ['gemini-2.5-pro'],
  },
  { api: 'deepseek', host: 'api.deepseek.com', path: '/chat/completions', models: ['deepseek-chat'] },
  { api: 'tavily', host: 'api.tavily.com', path: '/search', models: [] },
  { api: 'stripe', host: 'api.stripe.com', path: '/v1/charges/ch_', models: [] },
  { api: null, host: 'api.example.com', path: '/v2/reports/', models: [] },
] as const;
const refusals: readonly { readonly status: number; readonly cause: Cause }[] = [
  { status: 402, cause: 'insufficient_funds' },
  { status: 429, cause: 'rate_limit' },
  { status: 429, cause: 'usage_quota_exceeded' },
  { status: 403, cause: 'subscription_expired' },
];
const words =
  'the model answers each question about orders returns invoices kettles and shipping with a short friendly text that names the product its price and the day on which it leaves our warehouse in the harbour of a small town'.split(
    ' ',
  );

/** Fills a store with calls as programs make them, through what the recording thread writes with. */
export function fillStore(database: DatabaseSync, count: number, now: number): void {
  const store = createStore(database);
  const below = createRandom(402);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const prose = (length: number): string => Array.from({ length }, () => pick(words)).join(' ');
  const batch = 2000;
  for (let start = 0; start < count; start += batch) {
    const savings: Saving[] = [];
    for (let index = start; index < Math.min(count, start + batch); index++)
      savings.push(oneCall(index, now - (count - index) * 900));
    store.save(savings);
  }

  function oneCall(index: number, startedAt: number): Saving {
    const { api, host, path: base, models } = pick(apis);
    const path = base.endsWith('_') || base.endsWith('/') ? `${base}${String(below(40_000))}` : base;
    const refusal = below(12) === 0 ? pick(refusals) : null;
    const status = refusal?.status ?? (below(50) === 0 ? 500 : 200);
    const model = models.length === 0 ? null : pick(models);
    const request = JSON.stringify({ model, messages: [{ role: 'user', content: prose(30) }], max_tokens: 500 });
    const response =
      refusal === null
        ? JSON.stringify({
            id: `res-${String(index)}`,
            choices: [{ message: { role: 'assistant', content: prose(50) } }],
          })
        : JSON.stringify({
            error: { code: status, message: `This request was refused: ${refusal.cause}. ${prose(8)}` },
          });
    const duration = 80 + below(4000) + (below(100) === 0 ? 30_000 : 0);
    const tokens = model === null ? null : { inputTokens: 40 + below(2000), outputTokens: below(800) };
    const exchange: Exchange = {
      id: `01J${String(index).padStart(12, '0')}` as ExchangeId,
      number: 0,
      startedAt,
      state: 'complete',
      api,
      provider: api,
      method: below(8) === 0 ? 'GET' : 'POST',
      host,
      path,
      status,
      requestSize: request.length,
      responseSize: response.length,
      duration,
      contentType: 'application/json',
      model,
      callSite:
        below(10) === 0
          ? null
          : {
              file: `/home/ada/shop/src/${pick(words)}.ts`,
              line: 1 + below(20),
              column: 9,
              function: pick(['answer', 'summarise', 'charge', null]),
              certainty: 'exact',
            },
      diagnosis:
        refusal === null
          ? null
          : {
              rule: 'vendorCode',
              cause: refusal.cause,
              alternatives: [],
              responsibleParty: 'caller',
              confidence: 0.95,
              summary: { message: 'The account has not enough credits.', args: [] },
              evidence: [],
              retry: { helps: false, afterSeconds: null },
              facts: {},
            },
      replayOf: null,
      simulated: false,
      usage: tokens === null ? null : { model, ...tokens, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
      costUsd: tokens === null ? null : (tokens.inputTokens + tokens.outputTokens * 4) / 1_000_000,
      costEstimated: true,
      url: `https://${host}${path}`,
      request: {
        method: 'POST',
        path,
        httpVersion: '1.1',
        headers: [
          ['Host', host],
          ['Content-Type', 'application/json'],
          ['Authorization', 'Bearer [redacted]'],
          ['User-Agent', 'OpenAI/JS 6.3.0'],
        ],
        body: {
          size: request.length,
          stored: request.length,
          truncated: false,
          contentType: 'application/json',
          encoding: null,
        },
      },
      response: {
        status,
        reason: '',
        httpVersion: '1.1',
        headers: [
          ['Content-Type', 'application/json'],
          ['x-request-id', `req_${below(1e9).toString(36)}`],
          ['x-ratelimit-remaining-requests', String(below(5000))],
        ],
        trailers: [],
        body: {
          size: response.length,
          stored: response.length,
          truncated: false,
          contentType: 'application/json',
          encoding: null,
        },
      },
      timing: {
        queue: 0.4,
        connect: null,
        tls: null,
        firstByte: duration * 0.7,
        download: duration * 0.3,
        total: duration,
      },
      failure: null,
      client: { port: 51234, ordinal: 1, pid: 4711 },
      credentialInjected: true,
    };
    const body = (text: string): Saving['request'] => ({
      content: { bytes: Buffer.from(text), text } as unknown as Redacted<StorableBody>,
      decodeError: null,
    });
    // What is made up here holds no secret; elsewhere only redaction may say so.
    return { number: null, exchange: exchange as Redacted<Exchange>, request: body(request), response: body(response) };
  }
}
