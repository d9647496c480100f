import assert from 'node:assert/strict';
import { eventually, openScene, picturesOfFailures, runInTerminal, statusBar, type Scene } from './scene.ts';

describe('A reload of the window', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await runInTerminal(scene.workbench, 'node assistant.ts');
    await scene.workbench.command('View: Hide Panel');
    await scene.workbench.command('Tollgate: Open Log');
    const log = await scene.workbench.webview();
    await log
      .getByRole('row', { name: /openrouter/ })
      .first()
      .click();
    await log.getByText(/412/).first().waitFor();
    // In a browser the editor writes down every few seconds which tabs are open.
    await scene.workbench.page.waitForTimeout(7000);
    await scene.workbench.page.reload();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  it('keeps the finding on its line', async () => {
    await eventually(
      async () => assert.match((await statusBar(scene.workbench).textContent()) ?? '', /1 call\D+1/),
      60_000,
    );
  });

  it('brings the log panel back with the call that was looked at', async () => {
    // The frame comes before its content, and another may take its place.
    await eventually(async () => {
      const log = await scene.workbench.webview();
      await log
        .getByRole('row', { name: /openrouter/ })
        .first()
        .waitFor({ timeout: 10_000 });
      await log.getByText(/412/).first().waitFor({ timeout: 5000 });
    }, 90_000);
    await scene.picture('reload-log');
    assert.equal(await scene.workbench.page.locator('.tab').filter({ hasText: 'Tollgate Log' }).count(), 1);
  });
});
