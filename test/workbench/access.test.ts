import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, squiggles, type Scene } from './scene.ts';

const plans = `  "plans": {
    "trial": { "title": "Trial", "quota": { "calls": 1, "per": "total" }, "expires": "30d" },
    "pro": { "title": "Pro", "quota": { "calls": 1000 } },
  },
}
`;

const program = `import { gateway } from './gateway.ts';

const authorization = \`Bearer \${process.env.SHOP_KEY}\`;

const response = await fetch(\`\${gateway}/orders/v1/orders\`, { headers: { authorization } });
console.log('answered', response.status);
`;

describe('Teams and access', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await writeFile(path.join(scene.demo.folder, 'stock.mjs'), program);
    const text = await catalogue();
    const guarded = text.replace(
      '"title": "Orders",',
      '"title": "Orders", "access": { "subscription": "manual", "plans": ["trial", "pro"] },',
    );
    await writeFile(path.join(scene.demo.folder, 'tollgate.jsonc'), guarded.replace(/,?\s*\}\s*$/, `,\n${plans}`));
    const { page } = scene.workbench;
    await page
      .locator('.activitybar .action-item')
      .filter({ has: page.getByLabel(/^Tollgate/) })
      .click();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const catalogue = (): Promise<string> => readFile(path.join(scene.demo.folder, 'tollgate.jsonc'), 'utf8');
  const row = (name: string | RegExp) => scene.workbench.page.getByRole('treeitem', { name });
  const answer = async (title: string | RegExp, text: string): Promise<void> => {
    const { page } = scene.workbench;
    await page.locator('.quick-input-widget:visible .quick-input-title').filter({ hasText: title }).waitFor();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  const pick = async (question: string, text: string): Promise<void> => {
    const { page } = scene.workbench;
    const list = page.locator('.quick-input-widget:visible');
    // One list follows the other in the same place.
    await list.getByPlaceholder(question).waitFor();
    await list.getByRole('option', { name: new RegExp(`^${text}`) }).click();
  };
  const press = async (label: string): Promise<void> => {
    await scene.workbench.page.locator('.notifications-toasts').getByRole('button', { name: label }).click();
  };

  it('begin with a team and an application, for which the closed view opens', async () => {
    await scene.workbench.command('Tollgate: Create Application…');
    await answer('Create a team', 'checkout');
    await answer('Create an application of checkout', 'webshop');
    await row(/^webshop/).waitFor();
    await row(/^checkout, 1 application/).waitFor();
    assert.match(await catalogue(), /"webshop": \{\s+"team": "checkout"/);
  });

  it('let an application ask for a subscription, which waits with a badge until it is approved', async () => {
    const { page } = scene.workbench;
    await press('Request Subscription…');
    await pick('Which API is webshop to call?', 'Orders');
    await pick('On which plan?', 'Trial');
    await answer(/webshop → Orders/, 'Nightly stock report');
    await row(/^webshop → Orders, Trial · Nightly stock report/).waitFor();
    await page.locator('.activitybar .action-item').getByText('1', { exact: true }).waitFor();
    await page.locator('.notifications-toasts').getByText('webshop asks for a subscription to Orders').waitFor();
    await scene.picture('access-requested');
    await press('Approve');
    await eventually(async () => assert.equal(await row(/^webshop → Orders/).count(), 0));
  });

  it('give it a key, which is shown once', async () => {
    const { page } = scene.workbench;
    await row(/^webshop/).hover();
    await row(/^webshop/)
      .getByRole('button', { name: 'Issue Key…' })
      .click();
    await answer('A key for webshop (1/2)', '');
    await answer('A key for webshop (2/2)', '30');
    const dialog = page.locator('.monaco-dialog-box');
    const key = /tgk_[\w-]+/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
    await scene.picture('access-key');
    await dialog.getByRole('button', { name: 'Copy Key' }).click();
    await row(/^webshop, 1 API · 1 key/).waitFor();
    const said = await runInTerminal(scene.workbench, `export SHOP_KEY=${key}; node stock.mjs`);
    assert.match(said, /answered 200/);
  });

  it('refuse at the line what the plan does not allow, until a quick fix renews it', async () => {
    const { workbench } = scene;
    assert.match(await runInTerminal(workbench, 'node stock.mjs'), /answered 402/);
    await workbench.openFile('stock.mjs', 5);
    await eventually(async () => assert.deepEqual(await squiggles(workbench), [5]));
    await row(/^webshop/).click();
    await row(/^Quota of Trial, 1 of 1 calls/).waitFor();
    await scene.picture('access-refused');
    await workbench.openFile('stock.mjs', 5);
    await (await quickFix(workbench, 'Renew the subscription')).click();
    await row(/^Quota of Trial, 0 of 1 calls/).waitFor();
    assert.match(await runInTerminal(workbench, 'node stock.mjs'), /answered 200/);
    await eventually(async () => assert.deepEqual(await squiggles(workbench), []));
  });
});
