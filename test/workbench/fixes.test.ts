import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, squiggles, type Scene } from './scene.ts';

describe('A fix that is clicked', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const control = (action: string): Promise<Response> =>
    fetch(`${scene.demo.sandbox.url}/_sandbox/${action}`, { method: 'POST' });
  const source = (name: string): Promise<string> => readFile(path.join(scene.demo.folder, name), 'utf8');
  const see = async (lines: number): Promise<void> =>
    eventually(async () => assert.equal((await squiggles(scene.workbench)).length, lines));
  const lineOf = async (name: string, text: string): Promise<number> =>
    (await source(name)).split('\n').findIndex((line) => line.includes(text)) + 1;

  it('refreshes the token, sends the call again and clears the line', async () => {
    const { workbench } = scene;
    await runInTerminal(workbench, 'node orders.mjs');
    await workbench.openFile('orders.mjs', await lineOf('orders.mjs', 'await fetch('));
    await control('expire');
    assert.match(await runInTerminal(workbench, 'node orders.mjs'), /401/);
    await see(1);
    await workbench.openFile('orders.mjs', await lineOf('orders.mjs', 'await fetch('));
    await (await quickFix(workbench, 'Refresh the token and replay')).click();
    await workbench.page.getByText('Answered with 200 OK.').first().waitFor();
    await scene.picture('fix-refresh-and-replay');
    await see(0);
  });

  it('opens the billing page of the vendor, after the editor asked', async () => {
    const { workbench } = scene;
    await workbench.openFile('summarise.ts');
    await runInTerminal(workbench, 'node summarise.ts');
    await see(1);
    await workbench.openFile('summarise.ts', await lineOf('summarise.ts', 'client.messages.create('));
    await (await quickFix(workbench, 'Open the billing page')).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? '', /https:\/\/[\w.]+\/settings\/billing/);
    await scene.picture('fix-billing-page');
    const opened = workbench.page.context().waitForEvent('page');
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    const page = await opened;
    await page.close();
  });

  it('copies a report without secrets', async () => {
    const { page } = scene.workbench;
    await scene.workbench.openFile('summarise.ts', await lineOf('summarise.ts', 'client.messages.create('));
    await (await quickFix(scene.workbench, 'Copy a report without secrets')).click();
    await page.getByText('Report copied, secrets redacted').first().waitFor();
    await scene.workbench.command('File: New Untitled Text File');
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+V');
    await eventually(async () => {
      const text = (await page.locator('.view-lines').first().textContent()) ?? '';
      assert.match(text.replaceAll('\u00a0', ' '), /credit balance is too low.*Secrets were redacted by Tollgate/);
    });
    await scene.picture('fix-report');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
  });

  it('points a hard-coded address at the gateway, and the program’s calls arrive there', async () => {
    const { workbench } = scene;
    await writeFile(
      path.join(scene.demo.folder, 'direct.mjs'),
      [
        "const base = process.argv[2] ?? 'https://openrouter.ai/api/v1';",
        'const response = await fetch(`${base}/chat/completions`, {',
        "  method: 'POST',",
        "  headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox' },",
        "  body: JSON.stringify({ model: 'anthropic/claude-sonnet-4.5', max_tokens: 4096, messages: [] }),",
        '});',
        'console.log(response.status);',
        '',
      ].join('\n'),
    );
    await workbench.openFile('direct.mjs', 2);
    assert.match(await runInTerminal(workbench, 'node direct.mjs $TOLLGATE_URL/openrouter/api/v1'), /402/);
    await see(1);
    await workbench.openFile('direct.mjs', 2);
    await (await quickFix(workbench, 'Send these calls through the Tollgate gateway')).click();
    await eventually(async () => {
      const code = ((await workbench.page.locator('.view-lines').first().textContent()) ?? '').replaceAll(
        '\u00a0',
        ' ',
      );
      assert.match(code, /'http:\/\/127\.0\.0\.1:\d+\/openrouter\/api\/v1'/);
    });
    await scene.picture('fix-use-gateway');
    await workbench.page.keyboard.press('Control+S');
    await eventually(async () => assert.match(await source('direct.mjs'), /127\.0\.0\.1/));
    assert.match(await runInTerminal(workbench, 'node direct.mjs'), /402/);
    await eventually(async () => {
      const lens = await workbench.page.locator('.codelens-decoration').first().textContent();
      assert.match(lens ?? '', /2/);
    });
    // It is undone like any edit.
    await workbench.page.locator('.view-lines').first().click();
    await workbench.page.keyboard.press('Control+Z');
    await eventually(async () => {
      const code = await workbench.page.locator('.view-lines').first().textContent();
      assert.match(code ?? '', /https:\/\/openrouter\.ai/);
    });
  });
});
