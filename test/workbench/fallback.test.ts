import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, squiggles, type Scene } from './scene.ts';

/** A provider that has money, on loopback. */
function startSpare(): Promise<http.Server> {
  const message = { role: 'assistant', content: 'The spare answers.' };
  const server = http.createServer((request, response) => {
    request.resume().once('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message }] }));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('A fallback', () => {
  let scene: Scene;
  let spare: http.Server;
  before(async () => {
    spare = await startSpare();
    scene = await openScene();
  });
  after(async () => {
    await scene.close();
    spare.close();
  });
  picturesOfFailures(() => scene);

  const source = (name: string): Promise<string> => readFile(path.join(scene.demo.folder, name), 'utf8');

  it('is offered where the wallet is empty, and written to tollgate.jsonc', async () => {
    const { page } = scene.workbench;
    const { port } = spare.address() as AddressInfo;
    const file = path.join(scene.demo.folder, 'tollgate.jsonc');
    const declared = await readFile(file, 'utf8');
    await writeFile(
      file,
      declared.replace(/("openai": \{ "provider": "openai", "upstream": ")[^"]+/, `$1http://127.0.0.1:${port}`),
    );
    for (const title of ['OpenRouter', 'OpenAI']) {
      await scene.workbench.command('Tollgate: Set Credential');
      const widget = page.locator('.quick-input-widget:visible');
      await widget.locator('.monaco-list-row').filter({ hasText: title }).first().click();
      await widget.locator('input[type=password]').waitFor();
      await page.keyboard.type('sandbox-key-of-the-test');
      await page.keyboard.press('Enter');
      await page.getByText(`The credential of ${title} is set.`).first().waitFor();
    }
    await scene.workbench.command('Notifications: Clear All Notifications');
    await scene.workbench.openFile('assistant.ts', 11);
    await scene.workbench.command('Terminal: Kill the Active Terminal Instance');
    assert.match(await runInTerminal(scene.workbench, 'OPENROUTER_API_KEY=$TOLLGATE_KEY node assistant.ts'), /402/);
    await eventually(async () => assert.equal((await squiggles(scene.workbench)).length, 1));
    await scene.workbench.openFile('assistant.ts', 11);
    const fix = await quickFix(scene.workbench, 'Fall back to OpenAI');
    await scene.picture('fallback-1-fix');
    await fix.click();
    await eventually(async () => assert.match(await source('tollgate.jsonc'), /"fallback":[^]*"api": "openai"/));
    assert.match(await source('tollgate.jsonc'), /\/\/ No account, no key and no money is involved/);
  });

  it('answers the next call, and log and tree tell that it did', async () => {
    const { page } = scene.workbench;
    await eventually(async () => {
      const output = await runInTerminal(scene.workbench, 'OPENROUTER_API_KEY=$TOLLGATE_KEY node assistant.ts');
      assert.match(output, /The spare answers\./);
    }, 60_000);
    await page
      .locator('.activitybar .action-item')
      .filter({ has: page.getByLabel(/^Tollgate/) })
      .click();
    const row = page.locator('.pane-body .monaco-list-row').filter({ hasText: 'OpenRouter' }).first();
    await eventually(async () => assert.match((await row.textContent()) ?? '', /left out/));
    await row.click();
    await scene.workbench.command('View: Hide Panel');
    await scene.workbench.command('Tollgate: Open Log');
    const log = await scene.workbench.webview();
    await log
      .getByRole('row', { name: /openrouter/ })
      .first()
      .click();
    await log
      .locator('.attempts')
      .getByText(/answered/i)
      .first()
      .waitFor();
    assert.equal(await log.locator('.attempts li').count(), 2);
    await scene.picture('fallback-2-log');
  });
});
