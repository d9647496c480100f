import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, openScene, picturesOfFailures, runInTerminal, statusBar, type Scene } from './scene.ts';

describe('What asks first', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await runInTerminal(scene.workbench, 'node assistant.ts');
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const calls = async (pattern: RegExp): Promise<void> =>
    eventually(async () => assert.match((await statusBar(scene.workbench).textContent()) ?? '', pattern));

  it('exports the log to the file that one names', async () => {
    const { page } = scene.workbench;
    await calls(/1 call\b/);
    await scene.workbench.command('Tollgate: Export HAR…');
    const widget = page.locator('.quick-input-widget:visible');
    const target = path.join(scene.demo.folder, 'calls.har');
    const name = widget.locator('input[type=text]').first();
    await eventually(async () => assert.match(await name.inputValue(), /tollgate-.*\.har$/));
    await name.fill(target);
    await page.waitForTimeout(1000);
    assert.equal(await name.inputValue(), target);
    await scene.picture('prompt-export');
    await widget.getByText('OK').click();
    await page
      .getByText(/1 call was written to calls\.har/)
      .first()
      .waitFor();
    const har = JSON.parse(await readFile(target, 'utf8')) as { log: { entries: { response: { status: number } }[] } };
    assert.deepEqual(
      har.log.entries.map(({ response }) => response.status),
      [402],
    );
  });

  it('keeps the log when one thinks better of clearing it', async () => {
    const { page } = scene.workbench;
    await scene.workbench.command('Tollgate: Clear Log');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Delete all recorded calls of this workspace?').waitFor();
    await scene.picture('prompt-clear');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await calls(/1 call\b/);
  });

  it('empties the log when one means it', async () => {
    const { page } = scene.workbench;
    await scene.workbench.command('Tollgate: Clear Log');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Clear Log' }).click();
    await calls(/0 calls\s*$/);
  });
});
