import assert from 'node:assert/strict';
import { closeAll } from '../gateway/support.ts';
import { hi, outOfMoney, routeStage, type RouteStage } from './routeStage.ts';
import { events } from './vendors.ts';

describe('An alias whose first provider says with the status of success that money is gone', function () {
  this.timeout(30_000);
  let on: RouteStage;
  before(
    async () => (on = await routeStage({ smart: { targets: ['openai/gpt-4.1', 'anthropic/claude-sonnet-4-5'] } })),
  );
  beforeEach(() => on.gateway.api.resetRoutes(null));
  after(closeAll);

  const { error } = outOfMoney.json as { readonly error: object };
  const lasting = async (): Promise<unknown> => {
    const state = (await on.gateway.api.routes()).find(({ name }) => name === 'smart');
    return state?.targets.map(({ coolDown }) => coolDown?.cause ?? null);
  };

  it('goes on to the next, and leaves the first out for long', async () => {
    on.say('openai', () => ({ status: 200, json: { error } }));
    const { choices } = await on.openai.chat.completions.create({ model: 'smart', messages: hi });
    assert.equal(choices[0]?.message.content, 'Hello');
    assert.deepEqual(await lasting(), ['insufficient_funds', null]);
  });

  it('does so before the first byte of a stream reaches the client', async () => {
    on.say('openai', () => ({ stream: events({ error }) }));
    let text = '';
    for await (const chunk of await on.openai.chat.completions.create({ model: 'smart', messages: hi, stream: true }))
      text += chunk.choices[0]?.delta.content ?? '';
    assert.equal(text, 'Hello');
    assert.deepEqual(await lasting(), ['insufficient_funds', null]);
  });
});
