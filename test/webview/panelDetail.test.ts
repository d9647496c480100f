import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { CallLog, outOfCredit } from './callLog.ts';
import type { CallOptions } from './callLog.ts';
import { startPanelHost, until } from './panelPage.ts';
import type { OpenPanel, PanelHost } from './panelPage.ts';
import { stream } from './sampleLog.ts';

describe('The details of a call in the log panel', function () {
  this.timeout(60_000);
  let host: PanelHost;
  let panel: OpenPanel;
  let page: Page;

  before(async () => {
    host = await startPanelHost();
  });
  after(async () => host.close());
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await page.close();
  });

  /** Opens a log of one call, and the call. */
  async function open(
    call: CallOptions,
    tab = 'Overview',
    options: Parameters<PanelHost['open']>[1] = {},
  ): Promise<CallLog> {
    const log = new CallLog();
    const { id } = log.add(call);
    panel = await host.open(log, { target: { id, filter: null }, ...options });
    ({ page } = panel);
    await page.locator('tollgate-detail section').first().waitFor();
    if (tab !== 'Overview') await page.locator('vscode-tab-header', { hasText: tab }).click();
    return log;
  }
  const detail = (): ReturnType<Page['locator']> => page.locator('tollgate-detail');
  const see = (text: string | RegExp): Promise<void> => detail().getByText(text).first().waitFor();
  const lines = async (): Promise<string> => (await page.locator('tollgate-lines .text').allInnerTexts()).join('\n');

  const refused: CallOptions = { api: 'openrouter', host: 'openrouter.ai', status: 402, diagnosis: outOfCredit };

  it('begin with the finding: cause, sentence, evidence, and fixes that run', async () => {
    await open(refused, 'Overview', { fixes: [{ id: 'tokens', title: 'Set max_tokens to 412' }] });
    await see('Out of credit');
    await see('OpenRouter refused: your credit covers 412 of the 4,096 tokens asked for.');
    await see('402 Payment Required');
    await see('Body /error/message');
    await see('You, the caller');
    await page.getByRole('button', { name: 'Set max_tokens to 412' }).click();
    await page.getByRole('button', { name: /assistant\.ts:11/ }).click();
    await until(() => panel.asked.length === 2);
    assert.deepEqual(panel.asked, ['fix:1:tokens', 'reveal:1']);
  });

  it('tell all that the rules concluded in a tab of its own', async () => {
    await open(refused, 'Finding');
    await see('97 %');
    await see('Tokens the account can afford');
    await see('https://openrouter.ai/settings/credits');
    assert.equal(await detail().locator('a').count(), 0, 'a page named by an answer is no link');
  });

  it('show JSON as a tree that folds, by mouse and by keyboard', async () => {
    await open({ response: '{"error":{"code":402,"list":[1,2]},"id":12345678901234567890}' }, 'Response');
    await see('"error"');
    assert.equal(await lines(), '{\n"error": {\n"code": 402,\n"list": [\n1,\n2\n]\n},\n"id": 12345678901234567890\n}');
    await page.locator('tollgate-lines .line', { hasText: '"error"' }).locator('.fold').click();
    await see('2 …');
    assert.equal(await page.locator('tollgate-lines .line').count(), 4);
    await page.getByRole('tree').focus();
    await page.keyboard.press('ArrowRight');
    await see('"code"');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await page.locator('[role=treeitem][aria-expanded=false]').waitFor();
    assert.equal(await page.locator('tollgate-lines .line').count(), 1);
    await page.getByRole('button', { name: 'Raw' }).click();
    assert.equal(await lines(), '{"error":{"code":402,"list":[1,2]},"id":12345678901234567890}');
    await page.getByRole('button', { name: 'Copy the body' }).click();
    await until(() => panel.asked.length === 1);
    assert.match(panel.asked[0] ?? '', /^copy:\{"error"/);
  });

  it('show a body of a megabyte at once, a window of it at a time', async () => {
    await open({ response: `[${'{"name":"Ada","tags":["a","b"]},'.repeat(30_000)}null]` }, 'Response');
    await see('"Ada"');
    assert.ok((await page.locator('tollgate-lines .line').count()) < 120);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.locator('tollgate-lines .line.cursor', { hasText: ']' }).waitFor();
    await see('null');
  });

  it('show the events of a stream, and the stream as it grows', async () => {
    const log = await open(
      { state: 'open', duration: null, response: stream(2), responseType: 'text/event-stream' },
      'Response',
    );
    await see('3 events');
    await see('Still arriving…');
    await page.locator('tollgate-lines .line', { hasText: 'message_start' }).locator('.fold').click();
    await see('"assistant"');
    const id = log.calls[0]?.exchange.id;
    assert.ok(id);
    panel.events.emit('exchangesChanged', [log.change(id, { state: 'complete', duration: 900 }, stream(40))]);
    await see('41 events');
    await see('"assistant"');
    await detail().getByText('Still arriving…').waitFor({ state: 'detached' });
  });

  it('mark what was redacted, in headers, URL and bodies', async () => {
    await open({ path: '/v1/x?key=[redacted]', request: '{"api_key":"[redacted]","n":1}' });
    await page.locator('dd .mark', { hasText: '[redacted]' }).waitFor();
    await page.locator('vscode-tab-header', { hasText: 'Request' }).click();
    await page.locator('td .mark').waitFor();
    await page.locator('tollgate-lines .mark').waitFor();
    await see('Tollgate removed secrets before it stored this.');
  });

  it('say what of a body was cut, and what could not be decoded', async () => {
    await open({ response: '{"a":[1,2,', stored: 10, responseSize: 3_355_443 }, 'Response');
    await see('First 10 B of 3.2 MB kept');
    assert.equal(await lines(), '{\n"a": [\n1,\n2,');
    await page.close();
    await open(
      { response: new Uint8Array([31, 139, 8, 0]), encoding: 'gzip', decodeError: 'unexpected end of file' },
      'Response',
    );
    await see('It could not be decoded: unexpected end of file');
    await see('compressed with gzip');
    assert.match(await lines(), /^00000000 {2}1f 8b 08 00/);
  });

  it('show pictures, and nothing that could act', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await open({ response: Buffer.from(png, 'base64'), responseType: 'image/png' }, 'Response');
    await page.getByRole('img', { name: 'The image in the body' }).waitFor();
    // One pixel and its frame: it was decoded, not refused.
    await until(async () => (await page.getByRole('img').boundingBox())?.width === 3);
    await page.close();
    await open(
      { response: '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', responseType: 'image/svg+xml' },
      'Response',
    );
    await see('<svg');
    assert.equal(await detail().locator('svg').count(), 0);
  });

  it('show hostile content as text, wherever it stands', async () => {
    const evil = '<img src=x onerror="document.title=\'owned\'">${7*7}{{7*7}}';
    await open(
      {
        path: `/${evil}`,
        host: evil,
        api: evil,
        model: evil,
        status: 402,
        response: JSON.stringify({ [evil]: evil }),
        responseHeaders: [[evil, evil]],
        callSite: { file: `/${evil}`, line: 1, column: 1, function: evil, certainty: 'near' },
        diagnosis: {
          ...outOfCredit,
          rule: evil,
          summary: { message: evil, args: [] },
          evidence: [{ source: 'body', path: evil, quote: evil }],
        },
      },
      'Overview',
      { fixes: [{ id: evil, title: evil }] },
    );
    for (const tab of ['Overview', 'Request', 'Response', 'Timing', 'Finding']) {
      await page.locator('vscode-tab-header', { hasText: tab }).click();
      await page.waitForTimeout(80);
      assert.equal(await page.locator('img').count(), 0, tab);
    }
    assert.equal(await page.title(), 'Tollgate Log');
  });

  it('say why the gateway itself brought no answer, and what to do', async () => {
    await open({
      state: 'failed',
      response: null,
      failure: { code: 'upstream_unreachable', message: 'Nothing listens there.', hint: 'Start the server.' },
    });
    await see('Nothing listens there.');
    await see('Start the server.');
    await see('upstream_unreachable');
    await page.locator('vscode-tab-header', { hasText: 'Response' }).click();
    await see('No response came.');
  });

  it('show where the time went, in bars and in numbers', async () => {
    await open({}, 'Timing');
    const table = page.locator('table.timing');
    assert.deepEqual(await table.locator('tbody tr .end').allInnerTexts(), [
      '0.4 ms',
      '21 ms',
      '35 ms',
      '302 ms',
      '55 ms',
    ]);
    const bars = await Promise.all((await table.locator('.bar').all()).map((bar) => bar.boundingBox()));
    for (const [index, bar] of bars.entries()) {
      const next = bars[index + 1];
      if (next !== undefined)
        assert.ok((next?.x ?? 0) >= (bar?.x ?? 0) + (bar?.width ?? 0) - 3, 'each begins where the last ended');
    }
  });

  it('send the call again and show the new one, which leads back to the old', async () => {
    const log = await open(refused);
    await page.getByRole('button', { name: /^Replay/ }).click();
    await page.locator('tollgate-detail section[aria-label="Details of call 2"]').waitFor();
    assert.equal(log.calls.length, 2);
    await page.getByRole('button', { name: 'the call it repeats' }).click();
    await page.locator('tollgate-detail section[aria-label="Details of call 1"]').waitFor();
  });

  it('copy a command and a report', async () => {
    await open({ request: '{"n":1}' });
    await page.getByRole('button', { name: 'Copy as cURL' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await page.getByRole('button', { name: 'Copy a redacted report' }).click();
    await until(() => panel.asked.length === 2);
    assert.match(
      panel.asked[0] ?? '',
      /^copy:curl https:\/\/api\.openai\.com\/v1\/chat\/completions \\\n {2}--header 'Content-Type: application\/json'/,
    );
    assert.match(panel.asked[0] ?? '', /--data-raw '\{"n":1\}'$/);
    assert.equal(panel.asked[1], 'report:1');
  });

  it('stand beside the list where there is room, and below it otherwise', async () => {
    await open({}, 'Overview', { width: 1400 });
    const table = page.locator('tollgate-table');
    const beside = await detail().boundingBox();
    assert.equal(beside?.y, (await table.boundingBox())?.y);
    const edge = page.getByRole('separator', { name: 'Size of the details' });
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    assert.ok(((await detail().boundingBox())?.width ?? 0) > (beside?.width ?? 0));
    await page.setViewportSize({ width: 700, height: 800 });
    await page.locator('.main.bottom').waitFor();
    const list = await table.boundingBox();
    assert.ok(((await detail().boundingBox())?.y ?? 0) > (list?.y ?? 0) + 200);
  });
});
