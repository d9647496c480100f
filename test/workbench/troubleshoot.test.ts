import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, squiggles, type Scene } from './scene.ts';

describe('A refusal is looked into', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  let log: Frame;
  const step = (name: string): Locator => log.locator(`li[data-step=${name}]`);
  const press = async (action: string): Promise<void> => log.locator(`[data-action="${action}"]`).click();
  const source = (): Promise<string> => readFile(path.join(scene.demo.folder, 'assistant.ts'), 'utf8');
  const lineOfCall = async (): Promise<number> =>
    (await source()).split('\n').findIndex((line) => line.includes('client.chat.completions.create(')) + 1;

  it('after the vendor was asked, whose answer joins the finding', async () => {
    const { workbench } = scene;
    await workbench.openFile('assistant.ts');
    await runInTerminal(workbench, 'node assistant.ts');
    const line = await lineOfCall();
    await eventually(async () => assert.deepEqual(await squiggles(workbench), [line]));
    await workbench.openFile('assistant.ts', line);
    await (await quickFix(workbench, 'Check the balance now')).click();
    await workbench.page.getByText('0.41 USD left, this call needs 4.10.').first().waitFor();
    await workbench.page.locator('.view-line span').getByText('completions').last().hover();
    const hover = workbench.page.locator('.monaco-hover:visible').first();
    await eventually(async () => assert.match((await hover.textContent()) ?? '', /Account at .*0\.41 USD left/));
    await scene.picture('troubleshoot-1-balance');
    await workbench.page.keyboard.press('Escape');
  });

  it('in five steps that fill in', async () => {
    const { workbench } = scene;
    await workbench.command('Tollgate: Troubleshoot Refusal');
    log = await workbench.webview();
    await log.getByText('1 of 5 steps shows a problem.').waitFor();
    assert.equal(await log.locator('li[data-step]').count(), 5);
    await step('payment').getByText('0.41 USD left, this call needs 4.10.').waitFor();
    await step('subscription').waitFor();
    await step('token').getByText('OpenRouter accepts the credential: it was asked just now.').waitFor();
    await step('usage')
      .getByText(/Calls: 1 in the last hour/)
      .waitFor();
    await step('contact').getByText('Not needed, if what was found above can be mended.').waitFor();
    await scene.picture('troubleshoot-2-steps');
  });

  it('with a report to copy and to save', async () => {
    const { page } = scene.workbench;
    await press('contact.copyReport');
    await page.getByText('Report copied, secrets redacted').waitFor();
    await press('contact.saveReport');
    await page.locator('.quick-input-widget:visible').getByText('OK').click();
    await page
      .getByText(/The report was saved to/)
      .first()
      .waitFor();
    const files = (await readdir(scene.demo.folder)).filter((name) => name.startsWith('tollgate-')).sort();
    assert.deepEqual(
      files.map((name) => path.extname(name)),
      ['.har', '.md'],
    );
    const [har = '', report = ''] = await Promise.all(
      files.map((name) => readFile(path.join(scene.demo.folder, name), 'utf8')),
    );
    assert.match(report, /\*\*Payment details and funds\*\*: Problem\. 0\.41 USD left, this call needs 4\.10\./);
    assert.equal((JSON.parse(har) as { log: { entries: unknown[] } }).log.entries.length, 1);
    assert.ok(!`${har}${report}`.includes('0'.repeat(64)));
    await scene.picture('troubleshoot-3-saved');
  });

  it('with a mail to the provider’s support', async () => {
    const { page } = scene.workbench;
    const mailed = page.waitForEvent('request', (request) => request.url().startsWith('mailto:'));
    await press('contact.mailReport');
    const url = (await mailed).url();
    assert.match(url, /^mailto:support@openrouter\.ai\?subject=POST%20/);
    const { searchParams } = new URL(url);
    assert.match(searchParams.get('body') ?? '', /1\. Payment details and funds: Problem\. 0\.41 USD left/);
    await press('contact.status');
    await page.locator('.monaco-dialog-box').getByText('status.openrouter.ai').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('and again, after what was found is mended', async () => {
    await fetch(`${scene.demo.sandbox.url}/_sandbox/topup`, { method: 'POST' });
    await log.getByRole('button', { name: 'Check again' }).first().click();
    await step('payment').getByText('A replay tells whether it is over.').waitFor();
    await press('payment.replay');
    await step('usage')
      .getByText(/The same was served since/)
      .waitFor();
    await scene.picture('troubleshoot-4-mended');
  });
});
