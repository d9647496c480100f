import assert from 'node:assert/strict';
import { eventually, openScene, picturesOfFailures, runInTerminal, statusBar, type Scene } from './scene.ts';

describe('A refusal is simulated', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const pick = async (text: string | RegExp): Promise<void> => {
    const { page } = scene.workbench;
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
  };
  const row = (text: string | RegExp) =>
    scene.workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

  it('from the palette, by API, cause and time', async () => {
    const { workbench } = scene;
    await workbench.command('Tollgate: Simulate Refusal…');
    await pick('OpenRouter');
    await pick('spend_limit_or_budget_reached');
    await scene.picture('simulate-when');
    await pick('Every call, until it is stopped');
    await workbench.page
      .locator('.activitybar .action-item')
      .filter({ has: workbench.page.getByLabel(/^Tollgate/) })
      .click();
    await row(/Simulating spend_limit_or_budget_reached/).waitFor();
    await row(/Simulating spend_limit_or_budget_reached/).click();
    await row('0 calls refused').waitFor();
  });

  it('and shows as such in tree, status bar and log', async () => {
    const { workbench } = scene;
    await runInTerminal(workbench, 'node assistant.ts');
    await row('1 call refused').waitFor();
    await statusBar(workbench).locator('.codicon-beaker').waitFor();
    await workbench.command('Tollgate: Open Log');
    const log = await workbench.webview();
    await log
      .getByRole('row', { name: /Simulated.*openrouter/ })
      .first()
      .waitFor();
    await scene.picture('simulate-log');
  });

  it('until it is stopped', async () => {
    const { workbench } = scene;
    await row('1 call refused').hover();
    await row('1 call refused').getByLabel('Stop Simulation').click();
    await eventually(async () => assert.equal(await row('1 call refused').count(), 0));
    await eventually(async () => assert.equal(await statusBar(workbench).locator('.codicon-beaker').count(), 0));
  });
});
