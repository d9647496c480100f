import assert from 'node:assert/strict';
import { declared } from './accessStage.ts';
import { closeAll, until, upstream } from './support.ts';

/** A vendor that answers nobody before as many have asked as will, each with all the tokens that it may have. */
async function patientVendor(): Promise<{ readonly url: string; asked(): number; answer(): void }> {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const { url } = await upstream((request, response) => {
    let text = '';
    request.on('data', (piece) => (text += String(piece)));
    request.on('end', () => {
      asked++;
      const { model, max_tokens: most } = JSON.parse(text) as { model: string; max_tokens?: number };
      const usage = { prompt_tokens: 10, completion_tokens: most ?? 800, total_tokens: 10 + (most ?? 800) };
      const message = { role: 'assistant', content: 'yes' };
      waiting.push(() => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ model, choices: [{ index: 0, message, finish_reason: 'stop' }], usage }));
      });
    });
  });
  return { url, asked: () => asked, answer: () => waiting.splice(0).forEach((one) => one()) };
}

describe('The first calls that come all at once', () => {
  afterEach(closeAll);

  const cases = {
    'an API’s own budget in dollars': { budget: { usd: 0.05, per: 'day', over: 'refuse' } },
    'a budget in dollars': { budgets: { b: { usd: 0.05, per: 'total', over: 'refuse' } } },
    'a budget in tokens': { budgets: { b: { tokens: 5000, per: 'total', over: 'refuse' } } },
    'a budget for a model': { budgets: { b: { model: 'gpt-4o', usd: 0.05, per: 'total', over: 'refuse' } } },
  };
  for (const [what, { budget, ...members }] of Object.entries<{ readonly budget?: object; readonly budgets?: object }>(
    cases,
  ))
    for (const most of what.includes('model') ? [1000] : [1000, undefined])
      it(`do not overspend ${what}, ${most === undefined ? 'as answers usually are' : 'by what they ask for'}`, async () => {
        const vendor = await patientVendor();
        const llm = { upstream: vendor.url, provider: 'openai', ...(budget === undefined ? {} : { budget }) };
        const gateway = await declared({ apis: { llm }, ...members });
        const body = JSON.stringify({
          model: 'gpt-4o',
          ...(most === undefined ? {} : { max_tokens: most }),
          messages: [{ role: 'user', content: 'Hi' }],
        });
        let refused = 0;
        const calls = Array.from({ length: 40 }, async () => {
          const response = await fetch(`${gateway.url}/llm/v1/chat/completions`, { method: 'POST', body });
          await response.arrayBuffer();
          if (response.status === 402) refused++;
          return response.status;
        });
        await until(
          () => Promise.resolve(vendor.asked() + refused === 40 ? true : undefined),
          'each to be let through or refused',
        );
        const passed = vendor.asked();
        vendor.answer();
        const statuses = await Promise.all(calls);
        // Each costs a cent, or a thousand tokens and a few.
        assert.ok(passed >= 3 && passed <= 6, String(passed));
        assert.equal(statuses.filter((status) => status === 200).length, passed);
      });
});
