import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { themes, type Theme } from '../host/editor.ts';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, type Scene } from './scene.ts';

/** Looks things up on line 5, and asks a model on line 6. */
const program = `// Looks things up, and asks a model about each.
const gateway = process.env.TOLLGATE_URL;
for (const thing of ['apples', 'pears', 'plums', 'figs']) {
  console.log(thing);
  await fetch(gateway + '/search/v1/find?q=' + thing);
  await fetch(gateway + '/venice/api/v1/models');
}
`;

describe('What is about to run out', () => {
  let scene: Scene;
  let server: Server;
  before(async () => {
    let [left, balance] = [84, 3.2];
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url?.startsWith('/v1/find') === true) {
        response.setHeader('RateLimit', `"day";r=${String(left--)};t=14400`);
        response.setHeader('RateLimit-Policy', '"day";q=1000;w=86400');
      } else response.setHeader('x-venice-balance-usd', (balance -= 0.1).toFixed(2));
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const upstream = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    scene = await openScene();
    const apis = { search: { upstream, title: 'Search' }, venice: { provider: 'venice', upstream } };
    await writeFile(path.join(scene.demo.folder, 'tollgate.jsonc'), JSON.stringify({ apis }, null, 2));
    await writeFile(path.join(scene.demo.folder, 'lookup.mjs'), program);
  });
  after(async () => {
    await scene.close();
    server.close();
    server.closeAllConnections();
  });
  picturesOfFailures(() => scene);

  const status = () => scene.workbench.page.locator('.statusbar-item[id$="tollgate.warnings"]');
  const row = (text: string | RegExp) =>
    scene.workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
  const explorer = async (): Promise<void> => {
    const { page } = scene.workbench;
    const icon = page.locator('.activitybar .action-item').filter({ has: page.getByLabel(/^Tollgate/) });
    if (!(await row('Venice').isVisible())) await icon.click();
    await row('Venice').waitFor();
  };

  it('stands in the status bar, in the explorer and in the editor', async () => {
    const { workbench } = scene;
    await explorer();
    await runInTerminal(workbench, 'node lookup.mjs');
    await eventually(async () => assert.match((await status().textContent()) ?? '', /2 warnings/));
    await row(/Search.*92 % of the quota used/).click();
    // The row's tooltip would lie over the next one.
    await workbench.page.mouse.move(900, 300);
    await workbench.page.locator('.workbench-hover:visible').waitFor({ state: 'detached' });
    await row(/Venice.*out of credit in about/).click();
    await workbench.openFile('lookup.mjs');
    await workbench.page.locator('.editor-instance .squiggly-info').first().waitFor();
    await workbench.command('Problems: Focus on Problems View');
    for (const text of [
      /Search: 92 % of today’s requests used; resets in 4 h/,
      /Venice: At this pace out of credit in/,
    ])
      await workbench.page.locator('.markers-panel .monaco-list-row').filter({ hasText: text }).first().waitFor();
    await mkdir(path.join(scene.demo.folder, '.vscode'), { recursive: true });
    for (const theme of Object.keys(themes) as Theme[]) {
      const settings = { 'workbench.colorTheme': themes[theme] };
      await writeFile(path.join(scene.demo.folder, '.vscode/settings.json'), JSON.stringify(settings));
      await workbench.page.waitForTimeout(1500);
      await scene.picture(`${theme}-warnings`);
    }
  });

  it('is muted by its quick fix, seen to be so, and heard again', async () => {
    const { workbench } = scene;
    const { page } = workbench;
    await workbench.openFile('lookup.mjs', 5);
    const fix = await quickFix(workbench, 'Mute this warning');
    await scene.picture('warnings-fixes');
    await fix.click();
    await eventually(async () => assert.match((await status().textContent()) ?? '', /Venice: out of credit in about/));
    await row(/92 % of the quota used.*muted/).waitFor();
    await scene.picture('warnings-muted');
    await row(/92 % of the quota used.*muted/).hover();
    await row(/92 % of the quota used.*muted/)
      .getByLabel('Unmute Warnings')
      .click();
    await eventually(async () => assert.match((await status().textContent()) ?? '', /2 warnings/));

    await status().click();
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Venice' }).first().waitFor();
    await scene.picture('warnings-list');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Venice' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Mute all warnings of Venice' }).click();
    await row(/Venice.*warnings muted/).waitFor();
    await eventually(async () => assert.doesNotMatch((await status().textContent()) ?? '', /2 warnings/));
  });

  it('has a page of its own', async () => {
    const { workbench } = scene;
    await workbench.command('Problems: Focus on Problems View');
    const link = workbench.page.locator('.markers-panel a').filter({ hasText: 'quota_running_out' }).first();
    await link.waitFor();
    await link.click({ modifiers: ['ControlOrMeta'] });
    await workbench.page.locator('.tab.active').filter({ hasText: 'quota_running_out' }).waitFor();
    await eventually(async () => {
      const page = await workbench.webview();
      await page.getByRole('heading', { name: 'Quota is running out' }).waitFor({ timeout: 2000 });
    });
    await scene.picture('warnings-page');
  });
});
