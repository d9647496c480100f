import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../host/workbench.ts';
import {
  eventually,
  openScene,
  picturesOfFailures,
  runInTerminal,
  squiggles,
  statusBar,
  terminalText,
  type Scene,
} from './scene.ts';

describe('Two windows and a crash', () => {
  let scene: Scene;
  let second: Workbench | null = null;
  before(async () => {
    scene = await openScene();
  });
  after(async () => {
    await second?.close();
    await scene.close();
  });
  picturesOfFailures(() => scene);

  const toasts = ({ page }: Workbench, pattern: RegExp): Promise<void> =>
    eventually(async () =>
      assert.match((await page.locator('.notifications-toasts').allTextContents()).join('\n'), pattern),
    );

  it('gives the second window of a folder a gateway of its own', async () => {
    const browser = scene.workbench.page.context().browser();
    assert.ok(browser);
    second = await openWorkbench(browser, scene.editor);
    await statusBar(second)
      .filter({ hasText: /^\s*\d/ })
      .waitFor({ timeout: 60_000 });
    const addresses: string[] = [];
    for (const window of [scene.workbench, second]) {
      const output = await runInTerminal(window, 'echo "<$TOLLGATE_URL>"');
      addresses.push(/<(http:\/\/127\.0\.0\.1:\d+)>/.exec(output)?.[1] ?? output);
    }
    assert.equal(new Set(addresses).size, 2, addresses.join());
    for (const address of addresses) assert.ok((await fetch(`${address}/openrouter/api/v1/key`)).ok);
    await second.page.screenshot({ path: 'test/workbench/.screenshots/window-second.png' });
  });

  it('serves programs of both', async () => {
    assert.ok(second);
    const { workbench } = scene;
    await workbench.openFile('assistant.ts');
    assert.match(await runInTerminal(workbench, 'node assistant.ts'), /402/);
    await eventually(async () => assert.equal((await squiggles(workbench)).length, 1));
    await second.openFile('charge.mjs');
    await second.terminal('node charge.mjs');
    await eventually(async () => {
      assert.ok(second);
      assert.match(await terminalText(second), /requires_payment_method/);
    });
    await eventually(async () => {
      assert.ok(second);
      assert.equal((await squiggles(second)).length, 1);
    });
  });

  it('says once that a gateway which ended was restarted, and goes on', async () => {
    const { workbench } = scene;
    await second?.close();
    second = null;
    const output = await runInTerminal(workbench, 'cat "$TOLLGATE_STATE"');
    const { pid } = JSON.parse(/\{[^]*\}/.exec(output.replaceAll('\n', ''))?.[0] ?? '{}') as { pid: number };
    assert.ok(Number.isInteger(pid), output);
    process.kill(pid, 'SIGKILL');
    await toasts(workbench, /gateway ended unexpectedly and was restarted\. What was stored is kept\./);
    await scene.picture('window-crash');
    await statusBar(workbench)
      .filter({ hasText: /^\s*\d/ })
      .waitFor();
    assert.equal((await squiggles(workbench)).length, 1);
    await fetch(`${scene.demo.sandbox.url}/_sandbox/topup`, { method: 'POST' });
    assert.match(await runInTerminal(workbench, 'node assistant.ts'), /This answer comes from the sandbox/);
    await eventually(async () => assert.equal((await squiggles(workbench)).length, 0));
  });
});
