import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { themes, type Theme } from '../host/editor.ts';
import type { Workbench } from '../host/workbench.ts';
import { eventually, openScene, picturesOfFailures, runInTerminal, type Scene } from './scene.ts';

describe('The views', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ theme: 'dark' });
    for (const program of ['assistant.ts', 'summarise.ts', 'orders.mjs', 'charge.mjs'])
      await runInTerminal(scene.workbench, `node ${program}`);
    await runInTerminal(scene.workbench, 'sh ask.sh');
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    describe(`in ${theme}`, () => {
      before(async () => {
        await paint(scene.workbench, theme);
      });

      it('show findings, lenses and squiggles in the editor', async () => {
        await scene.workbench.openFile('charge.mjs');
        const lens = scene.workbench.page.locator('.codelens-decoration').first();
        await eventually(async () => assert.match((await lens.textContent()) ?? '', /402/));
        await scene.workbench.command('Problems: Focus on Problems View');
        await scene.picture(`${theme}-editor`);
      });

      it('show the APIs and the findings in the explorer', async () => {
        const { page } = scene.workbench;
        await scene.workbench.command('View: Show Tollgate');
        for (const title of ['Gateway', 'OpenRouter', 'Orders'])
          await page.locator('.pane-body .monaco-list-row').filter({ hasText: title }).first().waitFor();
        await page.locator('.pane-body .monaco-list-row').filter({ hasText: 'Orders' }).first().click();
        await page.waitForTimeout(500);
        await scene.picture(`${theme}-explorer`);
      });

      it('show every call in the log, and one in detail', async () => {
        const { page } = scene.workbench;
        await scene.workbench.command('View: Hide Panel');
        await scene.workbench.command('Tollgate: Open Log');
        const log = await scene.workbench.webview();
        const row = log.getByRole('row', { name: /openrouter/ }).first();
        await row.waitFor();
        await scene.picture(`${theme}-log`);
        await row.click();
        await page.keyboard.press('Enter');
        await log.getByText(/412/).first().waitFor();
        await scene.picture(`${theme}-log-overview`);
        for (const tab of ['Request', 'Response', 'Timing', 'Finding']) {
          await tabOf(log, tab).click();
          await page.waitForTimeout(400);
          await scene.picture(`${theme}-log-${tab.toLowerCase()}`);
        }
      });

      it('explain a cause on a page of its own', async () => {
        await scene.workbench.openFile('charge.mjs');
        await scene.workbench.command('Tollgate: Explain Finding');
        const { page } = scene.workbench;
        await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'charge.mjs' }).first().click();
        await page.locator('.tab.active').filter({ hasText: 'card_declined' }).waitFor();
        // The frame of the log goes away in the meantime.
        await eventually(async () => {
          const explanation = await scene.workbench.webview();
          await explanation.getByRole('heading').first().waitFor({ timeout: 2000 });
        });
        await scene.picture(`${theme}-cause`);
        await scene.workbench.command('View: Close All Editors');
      });
    });
  }
});

/** What the workbench says of each theme in its own class. */
const classes: Readonly<Record<Theme, string>> = { dark: 'vs-dark', light: 'vs', highContrast: 'hc-black' };

async function paint(workbench: Workbench, theme: Theme): Promise<void> {
  const { page } = workbench;
  const window = page.locator(`.monaco-workbench.${classes[theme]}`);
  if (await window.isVisible()) return;
  await workbench.command('Preferences: Color Theme');
  const input = page.locator('.quick-input-widget:visible input[type=text]').first();
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: themes.dark }).waitFor();
  await input.fill(themes[theme]);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: themes[theme] }).first().click();
  await window.waitFor();
}

function tabOf(log: Frame, name: string): ReturnType<Frame['locator']> {
  return log.getByRole('tab', { name }).first();
}
