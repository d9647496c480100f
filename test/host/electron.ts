import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleSuite } from './extensionSuite.ts';
import { root } from './paths.ts';
import { run } from './run.ts';

// The suite of `test/extension` in a desktop VS Code, which this downloads. TOLLGATE_VSCODE names another version.
const built = await run(process.execPath, [path.join(root, 'esbuild.mjs')], { cwd: root, show: true });
if (built.code !== 0) process.exit(built.code);
const folder = await mkdtemp(path.join(os.tmpdir(), 'tollgate-electron-'));
try {
  process.exitCode = await runTests({
    version: process.env.TOLLGATE_VSCODE ?? 'stable',
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite(),
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', `${folder}-user`],
  });
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}
The desktop VS Code could not be downloaded or run. It needs the network and a display (xvfb-run on a server).
"npm test" runs the same suite in VS Code for the browser.`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await rm(`${folder}-user`, { recursive: true, force: true, maxRetries: 5 });
}
