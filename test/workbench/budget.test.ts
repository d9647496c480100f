import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, squiggles, type Scene } from './scene.ts';

/** 0.006 USD by the price list. */
const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Spent.' } }],
  usage: { prompt_tokens: 24_000, completion_tokens: 4000, total_tokens: 28_000 },
};

const program = `import OpenAI from 'openai';
import { gateway } from './gateway.ts';

const client = new OpenAI({ baseURL: \`\${gateway}/openai/v1\`, apiKey: 'sandbox' });

const answer = await client.chat.completions.create({
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: 'Spend it.' }],
});
console.log(answer.choices[0]?.message.content);
`;

describe('A budget of one’s own', () => {
  let scene: Scene;
  let server: Server;
  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(completion));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    scene = await openScene();
    await writeFile(path.join(scene.demo.folder, 'spend.ts'), program);
    const text = await catalogue();
    await writeFile(
      path.join(scene.demo.folder, 'tollgate.jsonc'),
      text.replace(/http:[^"]*\/openai"/, `http://127.0.0.1:${String(port)}"`),
    );
  });
  after(async () => {
    await scene.close();
    server.closeAllConnections();
    server.close();
  });
  picturesOfFailures(() => scene);

  const catalogue = (): Promise<string> => readFile(path.join(scene.demo.folder, 'tollgate.jsonc'), 'utf8');
  const pick = async (text: string | RegExp): Promise<void> => {
    const { page } = scene.workbench;
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
  };
  const row = (text: string | RegExp) =>
    scene.workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

  it('is set from the palette and kept in tollgate.jsonc', async () => {
    const { workbench } = scene;
    await workbench.command('Tollgate: Set Budget…');
    await pick('OpenAI');
    await workbench.page.locator('.quick-input-message').filter({ hasText: 'US dollars' }).waitFor();
    await workbench.page.keyboard.type('0.004');
    await scene.picture('budget-amount');
    await workbench.page.keyboard.press('Enter');
    await pick('A day');
    await scene.picture('budget-consequence');
    await pick('Refuse');
    await eventually(async () => assert.match(await catalogue(), /"usd": 0\.004,\s+"per": "day",\s+"over": "refuse"/));
    assert.match(await catalogue(), /An API of your own, with OAuth 2\.0/);
  });

  it('refuses once it is spent, at the line and in the tree', async () => {
    const { workbench } = scene;
    await workbench.page
      .locator('.activitybar .action-item')
      .filter({ has: workbench.page.getByLabel(/^Tollgate/) })
      .click();
    await runInTerminal(workbench, 'node spend.ts');
    await row(/0\.006\d* of 0\.004 USD today/).waitFor();
    await runInTerminal(workbench, 'node spend.ts');
    await workbench.openFile('spend.ts', 6);
    await eventually(async () => assert.deepEqual(await squiggles(workbench), [6]));
    await row('OpenAI').click();
    await scene.picture('budget-refused');
    await workbench.command('Tollgate: Open Log');
    const log = await workbench.webview();
    await log
      .getByRole('row', { name: /\$0\.006/ })
      .first()
      .waitFor();
    await log
      .getByRole('row', { name: /\$0\.006/ })
      .first()
      .click();
    await log
      .getByText('28,000')
      .or(log.getByText(/24,000 in, 4,000 out/))
      .first()
      .waitFor();
    await scene.picture('budget-log');
  });

  it('is raised by a quick fix, and calls pass again', async () => {
    const { workbench } = scene;
    await workbench.openFile('spend.ts', 6);
    const fix = await quickFix(workbench, 'Raise the budget to 0.009 USD');
    await scene.picture('budget-fix');
    await fix.click();
    await eventually(async () => assert.match(await catalogue(), /"usd": 0\.009/));
    await row(/0\.006\d* of 0\.009 USD today/).waitFor();
    await runInTerminal(workbench, 'node spend.ts');
    await eventually(async () => assert.deepEqual(await squiggles(workbench), []));
  });
});
