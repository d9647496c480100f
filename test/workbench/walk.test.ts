import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  eventually,
  openScene,
  picturesOfFailures,
  quickFix,
  runInTerminal,
  squiggles,
  statusBar,
  type Scene,
} from './scene.ts';

describe('The whole walk', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const source = (name: string): Promise<string> => readFile(path.join(scene.demo.folder, name), 'utf8');
  const lineOf = async (name: string, text: string): Promise<number> =>
    (await source(name)).split('\n').findIndex((line) => line.includes(text)) + 1;
  const see = async (lines: readonly number[]): Promise<void> =>
    eventually(async () => assert.deepEqual(await squiggles(scene.workbench), lines));

  it('shows the refusal on the line that made the call', async () => {
    await scene.workbench.openFile('assistant.ts');
    const output = await runInTerminal(scene.workbench, 'node assistant.ts');
    assert.match(output, /402/);
    await see([await lineOf('assistant.ts', 'client.chat.completions.create(')]);
    await eventually(async () => assert.match((await statusBar(scene.workbench).textContent()) ?? '', /1 call\D+1/));
    await scene.picture('walk-1-refused');
  });

  it('explains it under the mouse', async () => {
    const { page } = scene.workbench;
    await page.locator('.view-line span').getByText('completions').last().hover();
    const hover = page.locator('.monaco-hover:visible').first();
    await eventually(async () => assert.match((await hover.textContent()) ?? '', /412/));
    await scene.picture('walk-2-hover');
  });

  it('applies the quick fix through the light bulb’s menu', async () => {
    const { page } = scene.workbench;
    await page.keyboard.press('Escape');
    await scene.workbench.openFile('assistant.ts', await lineOf('assistant.ts', 'client.chat.completions.create('));
    const fix = await quickFix(scene.workbench, '412');
    await scene.picture('walk-3-quick-fix');
    await fix.click();
    await eventually(async () => {
      const code = await page.locator('.view-lines').first().textContent();
      assert.match((code ?? '').replaceAll('\u00a0', ' '), /max_tokens: 412,/);
    });
    await page.keyboard.press('Control+S');
    await eventually(async () => assert.match(await source('assistant.ts'), /max_tokens: 412,/));
  });

  it('clears when the same line is answered with 200', async () => {
    const output = await runInTerminal(scene.workbench, 'node assistant.ts');
    assert.match(output, /This answer comes from the sandbox/);
    await see([]);
    await eventually(async () => assert.match((await statusBar(scene.workbench).textContent()) ?? '', /2 calls\s*$/));
    await scene.picture('walk-4-green');
  });

  it('finds the line of a streamed call through another SDK, hidden behind a 400', async () => {
    await scene.workbench.openFile('summarise.ts');
    await runInTerminal(scene.workbench, 'node summarise.ts');
    await see([await lineOf('summarise.ts', 'client.messages.create(')]);
    await fetch(`${scene.demo.sandbox.url}/_sandbox/topup`, { method: 'POST' });
    assert.match(await runInTerminal(scene.workbench, 'node summarise.ts'), /This answer comes from the sandbox/);
    await see([]);
  });

  it('lets Gemini’s daily quota be avoided by a smaller model', async () => {
    const { page } = scene.workbench;
    await scene.workbench.openFile('translate.ts');
    await runInTerminal(scene.workbench, 'node translate.ts > /dev/null');
    const line = await lineOf('translate.ts', 'await fetch(');
    await see([line]);
    await scene.workbench.openFile('translate.ts', line);
    await (await quickFix(scene.workbench, 'gemini-2.5-flash')).click();
    await page.keyboard.press('Control+S');
    await eventually(async () => assert.match(await source('translate.ts'), /'gemini-2\.5-flash/));
    await runInTerminal(scene.workbench, 'node translate.ts > /dev/null');
    await see([]);
  });
});
