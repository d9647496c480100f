import assert from 'node:assert/strict';
import { text } from '../../src/shared/text.ts';
import { CallLog } from './callLog.ts';
import { startPanelHost, until } from './panelPage.ts';
import type { PanelHost } from './panelPage.ts';

describe('Files of calls in the log panel', () => {
  let host: PanelHost;
  before(async () => {
    host = await startPanelHost();
  });
  after(() => host.close());

  it('are tabs beside the log: what was left out is told, nothing can be changed, and a drop opens one more', async () => {
    const log = new CallLog();
    log.add();
    const opened = {
      ...{ id: 'import1', name: 'shop.har', kind: 'har' as const, creator: 'WebInspector 537.36', calls: 3 },
      problems: [{ message: text('It is damaged: no JSON'), count: 2, first: 7 }],
    } as const;
    log.opened = [opened];
    const { page, asked, events, complaints } = await host.open(log);
    await page.getByRole('tab', { name: 'shop.har' }).click();
    await until(() => log.queries.some(({ session }) => session === 'import1'));
    const bar = page.getByRole('region', { name: 'shop.har' });
    await bar.getByText('3 calls · WebInspector 537.36').waitFor();
    await bar.getByText('2 left out or mended').click();
    await bar.getByText('It is damaged: no JSON (2 times, first at call 7)').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Clear the log…' }).count(), 0);
    await page.evaluate(`{
      const transfer = new DataTransfer();
      transfer.items.add(new File(['{"log":{"entries":[]}}'], 'dropped.har'));
      document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    }`);
    await until(() => asked.includes('open:dropped.har'));
    await bar.getByRole('button', { name: 'Close this file' }).click();
    await until(() => log.opened.length === 0);
    events.emit('sessions', []);
    await until(async () => (await page.getByRole('tab', { selected: true }).innerText()) === 'Log');
    await page.getByRole('button', { name: 'Open calls of a file' }).click();
    await until(() => asked.includes('open:'));
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
