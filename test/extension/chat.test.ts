import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatProviderHost } from '../../src/extension/chat/chatProvider.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { runningGateway, until, write } from './window.ts';

const completion = {
  ...{ id: 'a', object: 'chat.completion', created: 1, model: 'acme-large' },
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'In short.' } }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
};

describe('the editor’s own chat', () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream(() => ({ status: 200, body: completion }));
    const ai = { models: { 'acme-large': { context: 100_000, output: 4000 } } };
    await write('tollgate.jsonc', JSON.stringify({ apis: { acme: { upstream: upstream.url, ai } } }));
    await runningGateway();
  });
  after(() => upstream.close());

  it('has the gateway’s models, and is answered by them', async function () {
    if ((vscode.lm as unknown as ChatProviderHost).registerLanguageModelChatProvider === undefined) {
      console.log('This editor takes no models of others.');
      this.skip();
    }
    const model = await until(
      'the model',
      async () => (await vscode.lm.selectChatModels({ vendor: 'tollgate', id: 'acme/acme-large' }))[0],
    );
    assert.deepEqual([model.name, model.maxInputTokens], ['acme-large', 96_000]);
    assert.equal(await model.countTokens('Four letters'), 3);
    const answer = await model.sendRequest([vscode.LanguageModelChatMessage.User('Hi')], {
      justification: 'A test.',
    });
    let text = '';
    for await (const piece of answer.text) text += piece;
    assert.equal(text, 'In short.');
    const asked = JSON.parse(upstream.requests.at(-1)?.body ?? '{}') as { model?: string; messages?: unknown };
    assert.deepEqual([asked.model, asked.messages], ['acme-large', [{ role: 'user', content: 'Hi' }]]);
  });
});
