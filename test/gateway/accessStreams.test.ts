import assert from 'node:assert/strict';
import { declared } from './accessStage.ts';
import { closeAll, until, upstream } from './support.ts';

describe('A budget', () => {
  afterEach(closeAll);

  it('charges a stream that its client left for what had arrived', async () => {
    const { url } = await upstream((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const chunk = { choices: [{ index: 0, delta: { content: 'four words of text ' }, finish_reason: null }] };
      for (let piece = 0; piece < 10; piece++)
        response.write(
          `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'gpt-4o', ...chunk })}\n\n`,
        );
    });
    const gateway = await declared({
      apis: { llm: { upstream: url, provider: 'openai' } },
      budgets: {
        t: { tokens: 100_000, per: 'total', over: 'refuse' },
        m: { usd: 5, per: 'total', over: 'refuse' },
      },
    });
    const aborting = new AbortController();
    const response = await fetch(`${gateway.url}/llm/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ model: 'gpt-4o', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
      signal: aborting.signal,
    });
    const reader = response.body?.getReader();
    for (let text = ''; text.split('four words').length <= 10;) {
      const read = (await reader?.read()) as { readonly value?: Uint8Array } | undefined;
      text += new TextDecoder().decode(read?.value);
    }
    assert.ok((await gateway.api.access()).limits.every(({ spent, reserved }) => spent === 0 && reserved > 0));
    aborting.abort();
    const limits = await until(async () => {
      const found = (await gateway.api.access()).limits;
      return found.every(({ reserved }) => reserved === 0) ? found : undefined;
    }, 'both to be settled');
    const [tokens, usd] = ['tokens', 'usd'].map((measure) => limits.find((one) => one.measure === measure)?.spent ?? 0);
    assert.ok(tokens !== undefined && tokens >= 30 && tokens < 100, String(tokens));
    assert.ok(usd !== undefined && usd > 0 && usd < 0.01, String(usd));
  });
});
