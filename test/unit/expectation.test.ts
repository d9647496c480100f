import assert from 'node:assert/strict';
import { expectationOf } from '../../src/gateway/budget/expectation.ts';
import type { ResolvedApi } from '../../src/gateway/parts.ts';

const openai = { provider: { id: 'openai' }, upstream: new URL('https://api.openai.com') } as unknown as ResolvedApi;
const messages = [{ role: 'user', content: 'a'.repeat(300) }];

describe('What a call may use', () => {
  const limits: readonly (readonly [string, object, number])[] = [
    ['OpenAI’s format, several answers', { messages, max_completion_tokens: 200, n: 3 }, 600],
    ['responses', { input: 'a'.repeat(300), max_output_tokens: 500 }, 500],
    ['messages', { messages, max_tokens: 64_000 }, 64_000],
    ['Gemini’s', { contents: messages, generationConfig: { maxOutputTokens: 70, candidateCount: 2 } }, 140],
    ['Bedrock’s', { messages, inferenceConfig: { maxTokens: 90 } }, 90],
  ];
  for (const [format, request, most] of limits)
    it(`is limited by what the request says in ${format}`, () => {
      const { tokens = 0, isMost } = expectationOf(request, 'gpt-4o', openai) ?? {};
      assert.equal(isMost, true);
      assert.ok(tokens > most + 95 && tokens < most + 150, String(tokens));
    });

  it('is priced by the list of models, or by what the catalogue says', () => {
    const request = { messages: [], max_tokens: 1_000_000 };
    assert.ok(Math.abs((expectationOf(request, 'gpt-4o', openai)?.usd ?? 0) - 10) < 0.001);
    const own = { ...openai, ai: { models: { house: { price: { input: 1, output: 3 } } } } } as unknown as ResolvedApi;
    assert.ok(Math.abs((expectationOf(request, 'house', own)?.usd ?? 0) - 3) < 0.001);
    assert.equal(expectationOf(request, 'nobody-knows-it', openai)?.usd, null);
  });

  it('does not take an image’s bytes for words, and is not known without a model', () => {
    const url = `data:image/png;base64,${'iVBORw0KGgo'.repeat(50_000)}`;
    const request = { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] };
    const { tokens = 0, isMost } = expectationOf(request, 'gpt-4o', openai) ?? {};
    assert.ok(tokens > 1600 && tokens < 6000, String(tokens));
    assert.equal(isMost, false);
    assert.equal(expectationOf(request, '', openai), null);
  });
});
