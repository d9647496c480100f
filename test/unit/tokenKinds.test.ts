import assert from 'node:assert/strict';
import { priceOf } from '../../src/gateway/cost/prices.ts';
import { readUsage } from '../../src/gateway/cost/readUsage.ts';

const [openai, anthropic, gemini] = [
  'https://api.openai.com/v1',
  'https://api.anthropic.com',
  'https://generativelanguage.googleapis.com/v1beta',
];

/** What is particular about an answer, what it says, who gave it, and what it costs by the price list. */
const answers: readonly (readonly [string, object, string, number])[] = [
  [
    'sound that goes in and comes out',
    {
      model: 'gpt-audio',
      usage: {
        ...{ prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
        prompt_tokens_details: { audio_tokens: 400, cached_tokens: 0 },
        completion_tokens_details: { audio_tokens: 300 },
      },
    },
    openai,
    (600 * 2.5 + 400 * 32 + 200 * 10 + 300 * 64) / 1e6,
  ],
  [
    'a cache that keeps for an hour, and one that keeps for minutes',
    {
      model: 'claude-sonnet-4-5',
      usage: {
        ...{ input_tokens: 100, output_tokens: 10, cache_creation_input_tokens: 3000, cache_read_input_tokens: 0 },
        cache_creation: { ephemeral_1h_input_tokens: 2000, ephemeral_5m_input_tokens: 1000 },
      },
    },
    anthropic,
    (100 * 3 + 1000 * 3.75 + 2000 * 6 + 10 * 15) / 1e6,
  ],
  [
    'sound that Gemini hears',
    {
      modelVersion: 'gemini-2.5-flash',
      usageMetadata: {
        ...{ promptTokenCount: 1000, candidatesTokenCount: 10, totalTokenCount: 1010 },
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: 100 },
          { modality: 'AUDIO', tokenCount: 900 },
        ],
      },
    },
    gemini,
    (100 * 0.3 + 900 * 1 + 10 * 2.5) / 1e6,
  ],
  [
    'an image that Gemini draws',
    {
      modelVersion: 'gemini-2.5-flash-image',
      usageMetadata: {
        ...{ promptTokenCount: 10, candidatesTokenCount: 1290, totalTokenCount: 1300 },
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }],
      },
    },
    gemini,
    (10 * 0.3 + 1290 * 30) / 1e6,
  ],
  [
    'a transcription that is billed by time',
    { model: 'whisper-1', text: 'Hi', usage: { type: 'duration', seconds: 60 } },
    openai,
    0.006,
  ],
  [
    'what may take its time',
    {
      model: 'gpt-4.1',
      service_tier: 'flex',
      usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
    },
    openai,
    (1000 * 2 + 100 * 8) / 1e6 / 2,
  ],
  [
    'a batch of Anthropic’s',
    { model: 'claude-sonnet-4-5', usage: { input_tokens: 1000, output_tokens: 100, service_tier: 'batch' } },
    anthropic,
    (1000 * 3 + 100 * 15) / 1e6 / 2,
  ],
];

describe('Tokens that have prices of their own', () => {
  for (const [name, answer, url, cost] of answers)
    it(`are counted and priced apart: ${name}`, () => {
      const found = readUsage(JSON.stringify(answer));
      assert.ok(found);
      const usage = { ...found.usage, model: found.model };
      const told = priceOf({ usage, models: [], urls: [url], at: new Date('2026-06-01') });
      assert.equal(told?.toFixed(9), cost.toFixed(9));
    });

  it('are absent where there are none, and of another tier where it says so alone', () => {
    const plain = readUsage('{"model":"m","service_tier":"default","usage":{"prompt_tokens":1,"completion_tokens":1}}');
    assert.equal(plain?.usage.kinds, undefined);
  });
});
