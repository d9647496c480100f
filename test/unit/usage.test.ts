import assert from 'node:assert/strict';
import { readUsage } from '../../src/gateway/cost/readUsage.ts';

/** Input, output, read from the cache, written to it, reasoning, told cost. */
type Counts = readonly [number, number, number, number, number, number | null];

const answers: readonly (readonly [string, object, string | null, Counts])[] = [
  [
    'OpenAI chat, with a cache and reasoning',
    {
      model: 'gpt-5',
      usage: {
        prompt_tokens: 900,
        completion_tokens: 300,
        total_tokens: 1200,
        prompt_tokens_details: { cached_tokens: 512 },
        completion_tokens_details: { reasoning_tokens: 128 },
      },
    },
    'gpt-5',
    [900, 300, 512, 0, 128, null],
  ],
  [
    'OpenAI responses',
    {
      object: 'response',
      model: 'gpt-5-mini-2025-08-07',
      output: [{ type: 'function_call', arguments: '{"usage": {"input_tokens": 7}}' }],
      usage: {
        input_tokens: 75,
        input_tokens_details: { cached_tokens: 10 },
        output_tokens: 1186,
        output_tokens_details: { reasoning_tokens: 1024 },
        total_tokens: 1261,
      },
      metadata: { usage: 'none' },
    },
    'gpt-5-mini-2025-08-07',
    [75, 1186, 10, 0, 1024, null],
  ],
  [
    'OpenAI embeddings',
    { data: [], model: 'text-embedding-3-small', usage: { prompt_tokens: 8, total_tokens: 8 } },
    'text-embedding-3-small',
    [8, 0, 0, 0, 0, null],
  ],
  [
    'Anthropic, which counts its cache beside the rest',
    {
      model: 'claude-opus-4-1-20250805',
      usage: {
        input_tokens: 20,
        cache_creation_input_tokens: 300,
        cache_read_input_tokens: 4000,
        cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 0 },
        output_tokens: 500,
        service_tier: 'standard',
      },
    },
    'claude-opus-4-1-20250805',
    [4320, 500, 4000, 300, 0, null],
  ],
  [
    'Gemini, which counts thoughts beside the rest',
    {
      candidates: [],
      usageMetadata: {
        promptTokenCount: 100,
        cachedContentTokenCount: 40,
        candidatesTokenCount: 30,
        thoughtsTokenCount: 70,
        totalTokenCount: 200,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: 100 }],
      },
      modelVersion: 'gemini-2.5-flash',
    },
    'gemini-2.5-flash',
    [100, 100, 40, 0, 70, null],
  ],
  [
    'Bedrock Converse',
    { usage: { inputTokens: 30, outputTokens: 628, totalTokens: 658, cacheReadInputTokens: 12 } },
    null,
    [42, 628, 12, 0, 0, null],
  ],
  [
    'Cohere',
    {
      usage: {
        billed_units: { input_tokens: 5, output_tokens: 418 },
        tokens: { input_tokens: 71, output_tokens: 418 },
      },
    },
    null,
    [71, 418, 0, 0, 0, null],
  ],
  [
    'xAI, which counts reasoning beside the completion and tells ticks',
    {
      model: 'grok-4',
      usage: {
        prompt_tokens: 32,
        completion_tokens: 9,
        total_tokens: 135,
        completion_tokens_details: { reasoning_tokens: 94 },
        cost_in_usd_ticks: 37_756_000,
      },
    },
    'grok-4',
    [32, 103, 0, 0, 94, 0.0037756],
  ],
  [
    'DeepSeek',
    { model: 'deepseek-chat', usage: { prompt_tokens: 20, completion_tokens: 5, prompt_cache_hit_tokens: 16 } },
    'deepseek-chat',
    [20, 5, 16, 0, 0, null],
  ],
  [
    'OpenRouter with a key of one’s own, where its cost is the fee',
    {
      model: 'openai/gpt-4o',
      usage: {
        prompt_tokens: 194,
        completion_tokens: 2,
        cost: 0.95,
        is_byok: true,
        cost_details: { upstream_inference_cost: 19 },
      },
    },
    'openai/gpt-4o',
    [194, 2, 0, 0, 0, 19.95],
  ],
  [
    'Perplexity',
    { model: 'sonar', usage: { prompt_tokens: 14, completion_tokens: 70, cost: { total_cost: 0.006 } } },
    'sonar',
    [14, 70, 0, 0, 0, 0.006],
  ],
];

describe('What an answer tells of its cost:', () => {
  for (const [title, body, model, counts] of answers)
    it(title, () => {
      const found = readUsage(JSON.stringify(body));
      assert.ok(found !== null);
      const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, reasoningTokens } = found.usage;
      const all = [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, reasoningTokens];
      assert.deepEqual([...all, found.costUsd], counts);
      assert.equal(found.model, model);
    });

  it('a stream of Gemini, by its last event', () => {
    const event = (usage: object): string =>
      `data: ${JSON.stringify({ candidates: [], usageMetadata: usage, modelVersion: 'gemini-2.5-pro' })}\r\n\r\n`;
    const text =
      event({ promptTokenCount: 10, candidatesTokenCount: 3 }) +
      event({ promptTokenCount: 10, candidatesTokenCount: 40 });
    const found = readUsage(text);
    assert.deepEqual([found?.usage.inputTokens, found?.usage.outputTokens], [10, 40]);
  });

  it('a stream of OpenAI responses, by the event that completes it', () => {
    const event = (type: string, usage: object | null): string =>
      `event: ${type}\ndata: ${JSON.stringify({ type, response: { model: 'gpt-5', usage } })}\n\n`;
    const found = readUsage(
      event('response.created', null) + event('response.completed', { input_tokens: 4, output_tokens: 6 }),
    );
    assert.deepEqual([found?.usage.inputTokens, found?.usage.outputTokens, found?.model], [4, 6, 'gpt-5']);
  });

  for (const [title, text] of [
    ['prose about usage', '{"message":"The \\"usage\\": {\\"input_tokens\\": 5} is in the log."}'],
    ['what a tool uses otherwise', '{"usage":{"cpu":5,"memory":7}}'],
    ['what is cut off within', '{"model":"m","usage":{"input_tokens":5,'],
    ['nothing', ''],
  ] as const)
    it(`not ${title}`, () => {
      assert.equal(readUsage(text), null);
    });

  it('the counts at the end of an answer whose middle is missing', () => {
    const found = readUsage(
      '{"model":"m","choices":[{"text":"aaaa',
      'aaa"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}',
    );
    assert.deepEqual([found?.model, found?.usage.inputTokens, found?.usage.outputTokens], ['m', 3, 4]);
  });
});
