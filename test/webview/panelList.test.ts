import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { CallLog, outOfCredit } from './callLog.ts';
import { startPanelHost, until } from './panelPage.ts';
import type { OpenPanel, PanelHost } from './panelPage.ts';

describe('The list of calls in the log panel', function () {
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

  async function open(log: CallLog, options: Parameters<PanelHost['open']>[1] = {}): Promise<void> {
    panel = await host.open(log, options);
    ({ page } = panel);
  }
  const row = (number: string): ReturnType<Page['locator']> =>
    page
      .locator('tollgate-table .row')
      .filter({ has: page.locator('.number', { hasText: new RegExp(`^\\s*${number}\\s*$`) }) });
  const count = (text: string): Promise<void> => page.locator('.count', { hasText: text }).waitFor();
  const filter = (): ReturnType<Page['locator']> => page.locator('tollgate-filter input');
  const selected = async (): Promise<string> => (await page.locator('.row.selected .number').innerText()).trim();

  function logOf(size: number): CallLog {
    const log = new CallLog();
    for (let index = 0; index < size; index++) log.add({ status: index % 100 === 0 ? 402 : 200 });
    return log;
  }

  it('shows 100,000 calls with a hundred rows at most, and asks only for those in sight', async () => {
    const log = logOf(100_000);
    await open(log);
    await count('100,000 calls');
    await row('100,000').waitFor();
    assert.equal(await page.locator('[role=grid]').getAttribute('aria-rowcount'), '100001');
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('End');
    await row('1').waitFor();
    assert.equal(await selected(), '1');
    assert.equal(await row('1').getAttribute('aria-rowindex'), '100001');
    await page.evaluate(
      `document.querySelector('tollgate-log').shadowRoot.querySelector('tollgate-table').shadowRoot.querySelector('.scroller').scrollTop = 50_000 * 22`,
    );
    await row('50,000').waitFor();
    assert.ok((await page.locator('tollgate-table .row').count()) < 100);
    const asked = log.queries.reduce((sum, { limit }) => sum + limit, 0);
    assert.ok(asked < 2000, `${String(asked)} rows were asked for`);
  });

  it('marks calls that were simulated, and finds them', async () => {
    const log = logOf(3);
    log.add({ status: 429, simulated: true });
    await open(log);
    await row('4').getByText('Simulated').waitFor();
    assert.equal(await page.locator('tollgate-table .row').getByText('Simulated').count(), 1);
    await filter().fill('is:simulated');
    await count('1 of 4 calls');
    await row('4').click();
    await page.getByText('the API was not asked').waitFor();
  });

  it('is walked with the keyboard', async () => {
    await open(logOf(500));
    await row('500').waitFor();
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await selected(), '499');
    await page.keyboard.press('ArrowUp');
    assert.equal(await selected(), '500');
    await page.keyboard.press('PageDown');
    assert.ok(Number(await selected()) < 475);
    await page.keyboard.press('End');
    await row('1').waitFor();
    assert.equal(await selected(), '1');
    await page.keyboard.press('Home');
    await row('500').waitFor();
    assert.equal(await selected(), '500');
    await page.keyboard.press('Enter');
    await page.locator('tollgate-detail section').first().waitFor();
    await page.locator('vscode-tab-header[active]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[role=grid]:focus').waitFor();
    assert.equal(await page.locator('tollgate-detail').count(), 1, 'the details are still there');
    await page.keyboard.press('ArrowDown');
    await page.locator('tollgate-detail section[aria-label="Details of call 499"]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('tollgate-detail').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+c');
    await until(() => panel.asked.length > 0);
    assert.deepEqual(panel.asked, ['copy:https://api.openai.com/v1/chat/completions']);
  });

  it('is filtered as one types, and says what is wrong with a filter', async () => {
    await open(logOf(1000));
    await count('1,000 calls');
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('status:402');
    await count('10 of 1,000 calls');
    assert.equal(await page.locator('tollgate-table .row').count(), 10);
    await page.keyboard.type(' (');
    await page.locator('.problem', { hasText: 'missing' }).waitFor();
    assert.equal(await filter().getAttribute('aria-invalid'), 'true');
    assert.equal(await page.locator('tollgate-table .row').count(), 10, 'the last good filter stays');
    await page.keyboard.press('Escape');
    await page.locator('[role=grid]:focus').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('method:PUT');
    assert.equal(await filter().inputValue(), 'method:PUT', 'the old filter was selected');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await count('1,000 calls');
  });

  it('completes the filter', async () => {
    await open(logOf(300));
    await filter().pressSequentially('cau');
    await page.getByRole('option', { name: 'cause' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await filter().inputValue(), 'cause:');
    await page.keyboard.type('rate');
    await page.getByRole('option', { name: 'rate_limit' }).click();
    assert.equal(await filter().inputValue(), 'cause:rate_limit ');
    await page.getByText('No call matches this filter').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await count('300 calls');
  });

  it('has quick filters, one of them for the API of the selected row', async () => {
    const log = logOf(50);
    log.add({ api: 'openrouter', status: 402, diagnosis: outOfCredit });
    await open(log);
    await page.getByRole('button', { name: 'Findings' }).click();
    await count('1 of 51 calls');
    assert.equal(await page.getByRole('button', { name: 'Findings' }).getAttribute('aria-pressed'), 'true');
    await row('51').getByText('Out of credit').waitFor();
    await row('51').click();
    await page.getByRole('button', { name: 'Only openrouter' }).click();
    await until(async () => (await filter().inputValue()) === 'has:finding api:openrouter');
  });

  it('shows calls as they come while one is at the top', async () => {
    const log = logOf(200);
    await open(log);
    await row('200').click();
    const call = log.add({ state: 'open', response: null, duration: null });
    panel.events.emit('exchangesChanged', [call]);
    await row('201').getByText('Running…').waitFor();
    assert.equal(await selected(), '200', 'the selection stays with its call');
    panel.events.emit('exchangesChanged', [
      log.change(call.id, { state: 'complete', status: 402, duration: 20, diagnosis: outOfCredit }),
    ]);
    await row('201').getByText('402 Payment Required').waitFor();
    await count('201 calls');
  });

  it('moves nothing under the reader’s eyes: new calls wait, and a button leads to them', async () => {
    const log = logOf(2000);
    await open(log);
    await row('2,000').waitFor();
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 22 * 500);
    await row('1,490').waitFor();
    const before = await row('1,490').boundingBox();
    panel.events.emit('exchangesChanged', [log.add(), log.add(), log.add()]);
    await page.getByText('3 new').waitFor();
    assert.deepEqual(await row('1,490').boundingBox(), before);
    await count('2,003 calls');
    await page.getByText('3 new').click();
    await row('2,003').waitFor();
    await page.getByText('3 new').waitFor({ state: 'detached' });
  });

  it('can be paused', async () => {
    const log = logOf(20);
    await open(log);
    await page.getByRole('button', { name: /^Pause/ }).click();
    panel.events.emit('exchangesChanged', [log.add()]);
    await page.getByText('1 new').waitFor();
    assert.equal(await row('21').count(), 0);
    await page.getByRole('button', { name: /^Resume/ }).click();
    await row('21').waitFor();
  });

  it('comes back as it was after it was hidden', async () => {
    await open(logOf(300));
    await filter().fill('status:200');
    await count('297 of 300');
    await row('290').click();
    await page.locator('vscode-tab-header', { hasText: 'Timing' }).click();
    await page.locator('table.timing').waitFor();
    await page.reload();
    await count('297 of 300');
    await page.locator('table.timing').waitFor();
    assert.equal(await selected(), '290');
    assert.equal(await filter().inputValue(), 'status:200');
  });

  it('lets columns be resized, and remembers it', async () => {
    await open(logOf(20));
    const head = page.getByRole('columnheader', { name: 'Status' });
    const edge = await head.locator('.edge').boundingBox();
    assert.ok(edge);
    const before = await head.boundingBox();
    await page.mouse.move(edge.x + 4, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x - 46, edge.y + 10, { steps: 3 });
    await page.mouse.up();
    const after = await head.boundingBox();
    assert.equal(Math.round((before?.width ?? 0) - (after?.width ?? 0)), 50);
    await page.reload();
    await row('20').waitFor();
    assert.equal((await head.boundingBox())?.width, after?.width);
  });

  it('says how to begin where there is nothing yet', async () => {
    await open(new CallLog(), { configured: false });
    await page.getByText('No calls yet').waitFor();
    await page.getByRole('button', { name: 'Add an API…' }).click();
    await until(() => panel.asked.length > 0);
    assert.deepEqual(panel.asked, ['addApi']);
  });

  it('says that the gateway is down, offers to start it, and goes on when it is back', async () => {
    const log = logOf(10);
    const options = { running: false };
    await open(log, options);
    await page.getByText('The gateway is not running').waitFor();
    await page.getByRole('button', { name: 'Start the gateway' }).click();
    options.running = true;
    panel.events.emit('gateway', { running: true });
    await row('10').waitFor();
    await page.getByText('The gateway is not running').waitFor({ state: 'detached' });
    assert.deepEqual(panel.asked, ['startGateway']);
  });

  it('comes back as it was even where the gateway starts after the panel', async () => {
    const log = logOf(100);
    const options = { running: true };
    await open(log, options);
    await row('90').click();
    await page.locator('tollgate-detail section').first().waitFor();
    options.running = false;
    await page.reload();
    await page.getByText('The gateway is not running').waitFor();
    options.running = true;
    panel.events.emit('gateway', { running: true });
    await page.locator('tollgate-detail section[aria-label="Details of call 90"]').waitFor();
    assert.equal(await selected(), '90');
  });

  it('asks the editor to export what is shown and to clear the log', async () => {
    const log = logOf(300);
    await open(log);
    await page.getByRole('button', { name: 'Errors' }).click();
    await count('3 of 300');
    await page.getByRole('button', { name: /^Export/ }).click();
    await page.getByRole('button', { name: /^Clear the log/ }).click();
    await until(() => panel.asked.length > 1);
    assert.deepEqual(panel.asked, ['har:status>=400', 'clear']);
    panel.events.emit('cleared', null);
    await page.getByText('No calls yet').waitFor();
  });

  it('shows the call that was asked for, however deep it lies and whatever the filter', async () => {
    const log = logOf(5000);
    const wanted = log.calls[100]?.exchange.id ?? null;
    await open(log, { target: { id: wanted, filter: null } });
    await page.locator('tollgate-detail section[aria-label="Details of call 101"]').waitFor();
    await row('101').waitFor();
    assert.equal(await selected(), '101');
    await filter().fill('status:402');
    await count('50 of 5,000');
    panel.events.emit('show', { id: log.calls[4000 + 1]?.exchange.id ?? null, filter: null });
    await row('4,002').waitFor();
    assert.equal(await filter().inputValue(), '');
    panel.events.emit('show', { id: null, filter: 'method:GET' });
    await count('0 of 5,000');
  });
});
