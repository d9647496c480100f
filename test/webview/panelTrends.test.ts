import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { CallLog } from './callLog.ts';
import { startPanelHost, until } from './panelPage.ts';
import type { PanelHost } from './panelPage.ts';
import { sampleTrends } from './sampleTrends.ts';
import type { SampleTrends } from './sampleTrends.ts';

describe('The trends in the log panel', () => {
  let host: PanelHost;
  let sample: SampleTrends;
  let axe: string;
  before(async () => {
    sample = sampleTrends(Date.now());
    host = await startPanelHost();
    axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
  });
  after(async () => {
    sample.close();
    await host.close();
  });

  function someLog(): CallLog {
    const log = new CallLog();
    log.add();
    log.trends = sample.trends;
    return log;
  }
  const openTrends = async (page: Page): Promise<void> => {
    await page.getByRole('tab', { name: 'Trends' }).click();
    await page.locator('tollgate-chart .plot canvas').first().waitFor();
  };
  const filterOf = (page: Page): Promise<string> => page.getByRole('combobox', { name: 'Filter the log' }).inputValue();

  it('tells points by keyboard and shows the calls behind one, under a policy that allows nothing inline', async () => {
    const { page, complaints } = await host.open(someLog());
    await openTrends(page);
    const calls = page.getByRole('slider', { name: 'Calls' });
    await calls.focus();
    const told = async (): Promise<string> => (await calls.getAttribute('aria-valuetext')) ?? '';
    await page.keyboard.press('End');
    await until(async () => /Calls \d/.test(await told()));
    const newest = await told();
    await page.keyboard.press('ArrowLeft');
    await until(async () => (await told()) !== newest);
    await page.keyboard.press('Enter');
    await until(async () => /^since:\S+Z until:\S+Z -is:simulated$/.test(await filterOf(page)));
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it('tells calls apart by model, asks for another time, and lists the dearest lines', async () => {
    const { page, asked } = await host.open(someLog());
    await openTrends(page);
    await page.getByLabel('By', { exact: true }).selectOption('model');
    await page
      .getByRole('region', { name: 'Cost' })
      .getByRole('listitem')
      .filter({ hasText: 'claude-sonnet-4.5' })
      .waitFor();
    await page.getByRole('button', { name: '30d' }).click();
    await page.getByRole('slider', { name: 'Cost' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'shop/src/assistant.ts:48' }).click();
    await until(() => asked.includes('line:/home/ada/shop/src/assistant.ts:48'));
    const table = page.getByRole('region', { name: 'Calls' });
    await table.getByText('As a table').click();
    await table.getByRole('rowheader').first().getByRole('button').click();
    await until(async () => (await filterOf(page)).startsWith('since:'));
    await page.getByRole('tab', { name: 'Trends' }).click();
    assert.equal(await page.getByLabel('By', { exact: true }).inputValue(), 'model');
    await page.close();
  });

  for (const theme of ['dark', 'light', 'contrast'] as const)
    it(`has nothing that axe complains of, ${theme}`, async () => {
      const { page } = await host.open(someLog(), { theme });
      await openTrends(page);
      await page.getByText('As a table').first().click();
      await page.evaluate(axe);
      const found = await page.evaluate<
        readonly { readonly id: string; readonly nodes: readonly { html: string }[] }[]
      >(
        'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) => violations)',
      );
      assert.deepEqual(
        found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
        [],
      );
      await page.close();
    });
});
