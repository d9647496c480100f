import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installCodeServer } from '../host/codeServer.ts';
import { vsix } from '../host/paths.ts';
import { run } from '../host/run.ts';
import { eventually, openScene, picturesOfFailures, runInTerminal, squiggles, type Scene } from './scene.ts';

describe('The package that people install', () => {
  let scene: Scene | null = null;
  after(() => scene?.close());
  picturesOfFailures(() => scene);

  it('works like the one under development', async () => {
    assert.ok(existsSync(vsix), 'Run "npm test -- --only package" first.');
    scene = await openScene({ prepare: install, extension: 'none' });
    await scene.workbench.openFile('assistant.ts');
    assert.match(await runInTerminal(scene.workbench, 'node assistant.ts'), /402/);
    const { workbench } = scene;
    await eventually(async () => assert.equal((await squiggles(workbench)).length, 1));
    await scene.picture('installed');
  });
});

/** With the editor's own command line, as a person would. */
async function install(dataDirectory: string): Promise<void> {
  const server = path.join(await installCodeServer(), 'out/server-main.js');
  const args = ['--install-extension', vsix, '--server-data-dir', dataDirectory, '--accept-server-license-terms'];
  const { code, output } = await run(process.execPath, [server, ...args]);
  assert.equal(code, 0, output);
}
