import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { themes, type Theme } from '../host/editor.ts';
import { eventually, openScene, picturesOfFailures, runInTerminal, type Scene } from './scene.ts';

for (const theme of Object.keys(themes) as Theme[]) {
  describe(`The views, ${theme}`, () => {
    let scene: Scene;
    before(async () => {
      scene = await openScene({ theme });
      for (const program of ['assistant.ts', 'summarise.ts', 'orders.mjs', 'charge.mjs'])
        await runInTerminal(scene.workbench, `node ${program}`);
      await runInTerminal(scene.workbench, 'sh ask.sh');
    });
    after(() => scene.close());
    picturesOfFailures(() => scene);

    it('show findings, lenses and squiggles in the editor', async () => {
      await scene.workbench.openFile('charge.mjs');
      const lens = scene.workbench.page.locator('.codelens-decoration').first();
      await eventually(async () => assert.match((await lens.textContent()) ?? '', /402/));
      await scene.workbench.command('Problems: Focus on Problems View');
      await scene.picture(`${theme}-editor`);
    });

    it('show the APIs and the findings in the explorer', async () => {
      const { page } = scene.workbench;
      await page
        .locator('.activitybar .action-item')
        .filter({ has: page.getByLabel(/^Tollgate/) })
        .click();
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
      await log
        .getByRole('row', { name: /openrouter/ })
        .first()
        .waitFor();
      await scene.picture(`${theme}-log`);
      await log
        .getByRole('row', { name: /openrouter/ })
        .first()
        .click();
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
    });
  });
}

function tabOf(log: Frame, name: string): ReturnType<Frame['locator']> {
  return log.getByRole('tab', { name }).first();
}
