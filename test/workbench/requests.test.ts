import assert from 'node:assert/strict';
import { eventually, openScene, picturesOfFailures, runInTerminal, statusBar, type Scene } from './scene.ts';

describe('A call that was recorded', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ theme: 'light' });
    await runInTerminal(scene.workbench, 'node assistant.ts');
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const row = (text: RegExp) =>
    scene.workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text });

  it('is edited as a document and sent as another call', async () => {
    const { page } = scene.workbench;
    await scene.workbench.command('Tollgate: Edit and Send Call…');
    await row(/#1 POST/)
      .first()
      .click();
    const lens = page.locator('.codelens-decoration a').filter({ hasText: 'Send through Tollgate' });
    await lens.waitFor();
    await page.locator('.view-line').filter({ hasText: '{{$credential}}' }).first().waitFor();
    await scene.picture('request-edited');
    await lens.click();
    await page
      .getByText(/Still refused with 402/)
      .first()
      .waitFor();
    await eventually(async () => assert.match((await statusBar(scene.workbench).textContent()) ?? '', /2 calls/));
  });

  it('is compared with another in the diff editor', async () => {
    const { page } = scene.workbench;
    await scene.workbench.command('Tollgate: Compare Calls…');
    await row(/#2 POST/)
      .first()
      .click();
    await row(/#1 POST/)
      .first()
      .click();
    const tab = page.locator('.tab.active').filter({ hasText: '#1 (402) ↔ #2 (402)' });
    await tab.waitFor();
    await eventually(async () => assert.ok((await page.locator('.monaco-diff-editor .view-line').count()) > 10));
    await scene.picture('request-compared');
    await page
      .locator('.editor-actions')
      .getByRole('button', { name: /Order of Headers/ })
      .first()
      .click();
    await page.getByText('Headers are compared in their order').first().waitFor();
  });

  it('is copied in the language that one picks', async () => {
    const { page } = scene.workbench;
    await scene.workbench.command('Tollgate: Copy Request As…');
    await row(/#1 POST/)
      .first()
      .click();
    await row(/^Python \(openai\)/)
      .first()
      .waitFor();
    await scene.picture('request-formats');
    await row(/^Python \(httpx\)/)
      .first()
      .click();
    await page.getByText('Copied as Python (httpx)').first().waitFor();
  });

  it('may begin as a cURL command', async () => {
    const { page } = scene.workbench;
    await scene.workbench.command('Tollgate: New Request from cURL');
    const input = page.locator('.quick-input-widget:visible input[type=text]').first();
    await input.fill('curl --nonsense https://api.example.com');
    await page.getByText('"--nonsense" is not known here').first().waitFor();
    await input.fill("curl https://api.example.com/v1/things -H 'X-Own: 1' -d '{\"a\":1}'");
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'POST https://api.example.com/v1/things' }).first().waitFor();
    await scene.picture('request-from-curl');
  });
});
