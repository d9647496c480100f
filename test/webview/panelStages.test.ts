import assert from 'node:assert/strict';
import { CallLog } from './callLog.ts';
import { startPanelHost, until } from './panelPage.ts';
import type { PanelHost } from './panelPage.ts';

describe('What the gateway changed, in the log panel', () => {
  let host: PanelHost;
  before(async () => {
    host = await startPanelHost();
  });
  after(() => host.close());

  it('stands beside what the client sent and was answered, with where the call came from', async () => {
    const log = new CallLog();
    const body = { size: 20, stored: 20, truncated: false, contentType: 'application/json', encoding: null };
    const { id } = log.add({
      ...{ request: '{"model":"claude","system":"x"}', response: '{"type":"message"}', application: 'web' },
      ...{ route: 'smart', cache: 'miss' },
      origin: {
        pid: 7,
        program: 'node app.js',
        session: 'task:npm: test',
        run: 'r1',
        test: null,
        trace: 'ab'.repeat(16),
      },
      stages: {
        request: { method: 'POST', path: '/v1/chat/completions', httpVersion: '1.1', headers: [['X-A', '1']], body },
        response: { status: 200, reason: 'OK', httpVersion: '1.1', headers: [], trailers: [], body },
        changes: [
          { kind: 'alias', alias: 'smart', model: 'anthropic/claude' },
          { kind: 'translated', from: 'chat', to: 'anthropic', ignored: ['seed'] },
          { kind: 'guarded', way: 'request', guard: 'email', action: 'replaced', count: 2 },
          { kind: 'cache', state: 'hit', saved: { costUsd: 0.02, tokens: 1200, ms: 900 } },
        ],
      },
    });
    log.clients.set(`${id} clientRequest`, '{"model":"smart"}');
    log.clients.set(`${id} clientResponse`, '{"object":"chat.completion"}');
    const { page, complaints } = await host.open(log, { target: { id, filter: null, tab: 'request' } });
    const sent = page.getByRole('region', { name: 'What the client sent' });
    await sent.getByText('POST /v1/chat/completions HTTP/1.1').waitFor();
    await sent.getByText('"smart"').waitFor();
    await page.getByRole('region', { name: 'What the upstream was sent' }).getByText('"claude"').waitFor();
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.getByRole('region', { name: 'What the client was answered' }).getByText('"chat.completion"').waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    const changes = page.getByRole('region', { name: 'Changed on the way' });
    assert.deepEqual(await changes.getByRole('listitem').allInnerTexts(), [
      'smart stood for anthropic/claude',
      'Translated from chat into anthropic; left out: seed',
      'email: replaced until the answer, 2 times, in what was sent',
      'Answered from the cache: spared $0.02, 1,200 tokens and 900 ms',
    ]);
    await page.getByRole('button', { name: 'task:npm: test' }).click();
    await until(
      async () =>
        (await page.getByRole('combobox', { name: 'Filter the log' }).inputValue()) === 'session="task:npm: test"',
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
