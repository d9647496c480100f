import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { editorUrl, startEditor, testsPayload, type Editor } from './editor.ts';
import { root } from './paths.ts';
import { settle, withTallyFile, type Stage } from './stages.ts';
import { readTally } from './tally.ts';
import { startBrowser } from './workbench.ts';

/** Before each message of the suite's reporter. */
const mark = '│ ';
const limit = 10 * 60_000;

/** The suite in `test/extension`, in the extension host of the real VS Code. */
export function extensionStage(grep: string | undefined): Stage {
  return {
    name: 'the extension host',
    group: 'extension',
    run: () =>
      withTallyFile(async (file) => {
        const code = await runInEditor(await bundleSuite(), {
          TOLLGATE_TALLY: file,
          TOLLGATE_MARK: mark,
          ...(grep !== undefined && { TOLLGATE_GREP: grep }),
        });
        return settle(await readTally(file), code);
      }),
  };
}

/** Bundles the suite, so that it loads in any host. @returns the module that exports `run()`. */
export async function bundleSuite(): Promise<string> {
  const outfile = path.join(root, 'dist/test/index.cjs');
  await build({
    entryPoints: [path.join(root, 'test/extension/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.15',
    sourcemap: 'inline',
    packages: 'external',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** @returns the exit code of the suite, 1 where the editor never came to an end. */
async function runInEditor(suite: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const parent = await mkdtemp(path.join(os.tmpdir(), 'tollgate-suite-'));
  const editor = await startEditor({ folder: parent, environment, extension: 'tests' });
  try {
    const browser = await startBrowser();
    try {
      return await drive(await browser.newPage(), editor, suite);
    } finally {
      await browser.close();
    }
  } finally {
    await editor.close();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function drive(page: Page, editor: Editor, suite: string): Promise<number> {
  const rest: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => listen(type, args, rest));
  const code = await new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => {
      console.log(`The suite did not end within ${String(limit / 60_000)} minutes.`);
      resolve(1);
    }, limit);
    const open = async (): Promise<void> => {
      // The workbench calls these two where it runs tests in a browser.
      await page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
      await page.goto(editorUrl(editor, testsPayload(editor, suite)));
    };
    open().catch(reject);
  });
  if (code !== 0) console.log(['The end of the editor’s console:', ...rest.slice(-15)].join('\n    '));
  return code;
}

/** Prints what the suite's reporter says; keeps the rest, most of which is the editor's own noise. */
function listen(type: string, args: readonly unknown[], rest: string[]): void {
  const text = format(...args);
  if (text.startsWith(mark)) console.log(text.slice(mark.length));
  else rest.push(`[${type}] ${text}`);
}
