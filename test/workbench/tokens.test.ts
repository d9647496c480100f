import assert from 'node:assert/strict';
import { eventually, openScene, picturesOfFailures, runInTerminal, squiggles, type Scene } from './scene.ts';

describe('Tollgate: Refresh Token', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  const control = (action: string): Promise<Response> =>
    fetch(`${scene.demo.sandbox.url}/_sandbox/${action}`, { method: 'POST' });
  const notified = async (pattern: RegExp): Promise<void> => {
    const toasts = scene.workbench.page.locator('.notifications-toasts');
    await eventually(async () => assert.match((await toasts.allTextContents()).join('\n'), pattern));
  };

  it('is not needed at first, because the gateway fetches a token by itself', async () => {
    assert.match(await runInTerminal(scene.workbench, 'node orders.mjs'), /Turnstile/);
  });

  it('renews a token that the server ended early, and the line clears', async () => {
    await scene.workbench.openFile('orders.mjs');
    await control('expire');
    assert.match(await runInTerminal(scene.workbench, 'node orders.mjs'), /401/);
    await eventually(async () => assert.equal((await squiggles(scene.workbench)).length, 1));
    await scene.workbench.command('Tollgate: Refresh Token');
    await notified(/has a fresh token/);
    await scene.picture('token-refreshed');
    assert.match(await runInTerminal(scene.workbench, 'node orders.mjs'), /Turnstile/);
    await eventually(async () => assert.deepEqual(await squiggles(scene.workbench), []));
  });

  it('says that one must sign in again when the refresh token is dead', async () => {
    await control('signout');
    await scene.workbench.command('Tollgate: Refresh Token');
    await notified(/sign in again/i);
    await scene.picture('token-dead');
  });
});
