import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CallLog } from './callLog.ts';
import { startPanelHost, until } from './panelPage.ts';
import type { PanelHost } from './panelPage.ts';

/** What axe-core complains of. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe('The log panel, arranged', () => {
  let host: PanelHost;
  let axe: string;
  before(async () => {
    host = await startPanelHost();
    axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
  });
  after(() => host.close());

  function someLog(): CallLog {
    const log = new CallLog();
    for (let index = 1; index <= 40; index++)
      log.add({ duration: (index * 37) % 1000, status: index % 9 === 0 ? 402 : 200 });
    log.add({
      responseType: 'text/event-stream',
      response: 'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\ndata: [DONE]\n\n',
    });
    return log;
  }

  it('sorts by a column, the other way round, and newest first again, by keyboard', async () => {
    const log = someLog();
    const { page } = await host.open(log);
    const head = page.getByRole('columnheader', { name: 'Duration' });
    await head.getByRole('button').focus();
    const firstNumber = (): Promise<string> => page.locator('tollgate-table .row .number').first().innerText();
    const newest = await firstNumber();
    await page.keyboard.press('Enter');
    await until(async () => (await head.getAttribute('aria-sort')) === 'descending');
    await until(async () => (await firstNumber()) === '27');
    await page.keyboard.press('Enter');
    await until(async () => (await head.getAttribute('aria-sort')) === 'ascending');
    await page.keyboard.press('Enter');
    await until(async () => (await firstNumber()) === newest);
    assert.ok(log.queries.some(({ sort }) => sort?.by === 'duration' && sort.descending));
    await page.close();
  });

  it('moves and hides columns, and remembers that', async () => {
    const { page } = await host.open(someLog());
    const heads = async (): Promise<readonly string[]> => page.getByRole('columnheader').allInnerTexts();
    await page.getByRole('columnheader', { name: 'Status' }).getByRole('button').focus();
    const before = (await heads()).indexOf('Status');
    await page.keyboard.press('Alt+ArrowLeft');
    await until(async () => (await heads()).indexOf('Status') === before - 1);
    await page.getByTitle('Choose the columns').click();
    await page.getByRole('checkbox', { name: 'Cost' }).uncheck();
    await until(async () => !(await heads()).includes('Cost'));
    await page.reload();
    await page.getByRole('columnheader').first().waitFor();
    assert.equal((await heads()).indexOf('Status'), before - 1);
    assert.ok(!(await heads()).includes('Cost'));
    await page.close();
  });

  it('groups calls and shows those of one group', async () => {
    const { page } = await host.open(someLog());
    await page.getByLabel('Group by').selectOption('api');
    await page.getByRole('button', { name: 'openai', exact: true }).click();
    await until(
      async () => (await page.getByRole('combobox', { name: 'Filter the log' }).inputValue()) === 'api=openai',
    );
    assert.equal(await page.getByLabel('Group by').inputValue(), '');
    await page.close();
  });

  it('keeps a filter under a name, takes it up again, and forgets it', async () => {
    const { page } = await host.open(someLog(), { savedFilters: { refused: 'status>=400' } });
    await page.getByTitle('Saved filters').click();
    await page.getByRole('button', { name: 'refused', exact: true }).click();
    await until(
      async () => (await page.getByRole('combobox', { name: 'Filter the log' }).inputValue()) === 'status>=400',
    );
    await page.getByRole('button', { name: 'Save this filter…' }).click();
    await page.getByRole('button', { name: 'mine', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete the filter refused' }).click();
    await until(async () => (await page.getByRole('button', { name: 'refused', exact: true }).count()) === 0);
    await page.close();
  });

  it('shows what a model said, finds text by keyboard, and asks the editor to open and save the body', async () => {
    const log = someLog();
    const { id } = log.add({ response: '{"a":{"b":"needle"},"c":1}' });
    const stream = log.calls[40]?.exchange.id;
    const { page, asked } = await host.open(log, { target: { id, filter: null, tab: 'response' } });
    await page.getByRole('searchbox', { name: 'Find' }).fill('needle');
    await page.keyboard.press('Enter');
    await page.locator('tollgate-lines .line.cursor', { hasText: 'needle' }).waitFor();
    await page.getByRole('button', { name: /^Copy the path/ }).click();
    await until(() => asked.includes('copy:$.a.b'));
    await page.getByRole('button', { name: 'Open the body in an editor' }).click();
    await page.getByRole('button', { name: 'Save the body…' }).click();
    await until(() => asked.some((one) => one.endsWith('saveResponseBody')));
    await page.close();
    const other = await host.open(log, { target: { id: stream ?? id, filter: null, tab: 'response' } });
    await other.page.getByRole('button', { name: 'Said', exact: true }).click();
    await other.page.locator('tollgate-lines', { hasText: 'Hello' }).waitFor();
    await other.page.close();
  });

  for (const theme of ['dark', 'light', 'contrast'] as const)
    it(`has nothing that axe complains of, ${theme}`, async () => {
      const log = someLog();
      const row = log.add({ response: '{"a":{"b":1}}' });
      const { page } = await host.open(log, { theme, target: { id: row.id, filter: null, tab: 'response' } });
      await page.locator('tollgate-body .tools').waitFor();
      await page.evaluate(axe);
      const check = async (where: string): Promise<void> => {
        const found = await page.evaluate<readonly Violation[]>(
          'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }).then(({ violations }) => violations)',
        );
        const told = found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
        assert.deepEqual(told, [], where);
      };
      await page.getByTitle('Choose the columns').click();
      await check('details and columns');
      await page.getByLabel('Group by').selectOption('api');
      await page.getByRole('button', { name: 'openai', exact: true }).waitFor();
      await check('groups');
      await page.close();
    });
});
