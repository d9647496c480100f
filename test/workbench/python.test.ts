import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pythons } from '../hooks/pythonProgram.ts';
import { eventually, openScene, picturesOfFailures, quickFix, runInTerminal, squiggles, type Scene } from './scene.ts';

describe('A Python program in the terminal', () => {
  let scene: Scene | null = null;
  let python = '';
  before(async function () {
    if (pythons[0] === undefined) {
      console.log('      There is no Python 3.9 or later on the path.');
      this.skip();
    }
    python = pythons[0].file;
    scene = await openScene();
  });
  after(() => scene?.close());
  picturesOfFailures(() => scene);

  it('has its squiggle on the line that made the call, and is mended by the quick fix', async () => {
    assert.ok(scene !== null);
    const { demo, workbench } = scene;
    const source = (): Promise<string> => readFile(path.join(demo.folder, 'plan.py'), 'utf8');
    const line = (await source()).split('\n').findIndex((text) => text.includes('urlopen(request)')) + 1;
    await workbench.openFile('plan.py');
    assert.match(await runInTerminal(workbench, `"${python}" plan.py`), /"code": 402/);
    await eventually(async () => assert.deepEqual(await squiggles(workbench), [line]));
    await scene.picture('python-refused');

    await workbench.openFile('plan.py', line);
    await (await quickFix(workbench, '412')).click();
    await workbench.page.keyboard.press('Control+S');
    await eventually(async () => assert.match(await source(), /"max_tokens": 412,/));
    assert.match(await runInTerminal(workbench, `"${python}" plan.py`), /This answer comes from the sandbox/);
    await eventually(async () => assert.deepEqual(await squiggles(workbench), []));
    await scene.picture('python-green');
  });
});
