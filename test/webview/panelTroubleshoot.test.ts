import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { text } from '../../src/shared/text.ts';
import { CallLog, outOfCredit } from './callLog.ts';
import { startPanelHost, until, type OpenPanel, type PanelHost } from './panelPage.ts';
import { sampleSteps } from './sampleSteps.ts';

describe('The steps against a refusal, in the log panel', function () {
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

  async function open(options: Parameters<PanelHost['open']>[1] = {}): Promise<ReturnType<typeof sampleSteps>> {
    const log = new CallLog();
    const { id } = log.add({ api: 'openrouter', host: 'openrouter.ai', status: 402, diagnosis: outOfCredit });
    panel = await host.open(log, { target: { id, filter: null, tab: 'troubleshoot' }, ...options });
    ({ page } = panel);
    return sampleSteps(id);
  }
  const steps = (): ReturnType<Page['locator']> => page.locator('li[data-step]');

  it('ask nobody anything before somebody wants it', async () => {
    await open();
    await page.getByText('Five steps, checked automatically').waitFor();
    assert.equal(await page.locator('.outlook li').count(), 5);
    await page.getByRole('button', { name: 'Walk the five steps' }).click();
    await until(() => panel.asked.length > 0);
    assert.deepEqual(panel.asked, ['troubleshoot:1']);
  });

  it('fill in while one watches, and are told to those who cannot see', async () => {
    const sample = await open();
    await page.locator('.outlook').waitFor();
    const running = sample.steps.map((step) => ({ ...step, state: 'running' as const, facts: [], actions: [] }));
    panel.events.emit('troubleshooting', { ...sample, steps: running });
    await until(async () => (await steps().count()) === 5);
    assert.equal(await page.locator('li[data-step][aria-busy=true]').count(), 5);
    assert.equal(await page.locator('.outcome vscode-button[disabled]').count(), 1);

    const [payment] = sample.steps;
    assert.ok(payment !== undefined);
    panel.events.emit('troubleshooting', { ...sample, steps: [payment, ...running.slice(1)] });
    await steps().first().getByText('0.42 USD').waitFor();
    await page.getByRole('status').getByText('Payment details and funds: Problem. This is what').waitFor();

    const ended = { ...sample, finishedAt: 1, conclusion: text('2 of 5 steps show a problem.') };
    panel.events.emit('troubleshooting', ended);
    await page.locator('.outcome').getByText('2 of 5 steps show a problem.').waitFor();
    await page.getByRole('button', { name: 'Check again' }).click();
    await until(() => panel.asked.length > 0);
    assert.deepEqual(panel.asked, ['troubleshoot:1']);
  });

  it('do what their buttons say, by keyboard too, and show calls over time', async () => {
    const sample = await open();
    await page.locator('.outlook').waitFor();
    panel.events.emit('troubleshooting', sample);
    await steps().first().getByRole('button', { name: 'Open the billing page' }).click();
    await steps().first().getByRole('button', { name: 'Replay' }).focus();
    await page.keyboard.press('Enter');
    await until(() => panel.asked.length === 2);
    assert.deepEqual(panel.asked, ['step:1:payment.billing', 'step:1:payment.replay']);
    assert.equal(await page.locator('.hours li').count(), 24);
    assert.match((await page.locator('.hours li').last().getAttribute('title')) ?? '', /17 calls, 5 refused/);
    // A fact that somebody folds stays so, whatever else is filled in.
    await steps().first().locator('summary').click();
    panel.events.emit('troubleshooting', { ...sample, finishedAt: 1, conclusion: text('Done.') });
    await page.getByText('Done.').first().waitFor();
    assert.equal(await steps().first().locator('details').getAttribute('open'), null);
  });

  it('ignore what is told of another call, and say that it was a rehearsal', async () => {
    const sample = await open();
    await page.locator('.outlook').waitFor();
    panel.events.emit('troubleshooting', { ...sample, id: 'another' as typeof sample.id });
    panel.events.emit('troubleshooting', { ...sample, simulated: true, finishedAt: 1, conclusion: text('Simulated.') });
    await page.locator('.outcome').getByText('Simulated.').waitFor();
  });
});
