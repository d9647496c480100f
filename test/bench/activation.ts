import { parseArgs } from 'node:util';
import { startDemo } from '../demo/demo.ts';
import { startEditor } from '../host/editor.ts';
import { root } from '../host/paths.ts';
import { run } from '../host/run.ts';
import { openWorkbench, startBrowser } from '../host/workbench.ts';

/** Milliseconds, as VS Code tells them in "Developer: Startup Performance". */
interface Activation {
  readonly load: number;
  readonly call: number;
  readonly finish: number;
}

/** Tollgate, and extensions of VS Code's own that start at about the same time. */
const extensions = ['tollgate.tollgate', 'vscode.git', 'vscode.merge-conflict', 'vscode.npm'];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });

const built = await run(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
if (built.code !== 0) throw new Error(built.output);
const rounds: ReadonlyMap<string, Activation>[] = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  rounds.push(await activations());
  process.stderr.write(`start ${round} of ${values.rounds}\n`);
}
console.log('Medians in ms, as the editor counts: with whatever else its process did meanwhile.\n');
console.log('| extension | load | call activate | finish | all |\n| --- | --- | --- | --- | --- |');
for (const extension of extensions) {
  const own = rounds.flatMap((round) => round.get(extension) ?? []);
  const columns = [
    own.map(({ load }) => load),
    own.map(({ call }) => call),
    own.map(({ finish }) => finish),
    own.map(({ load, call, finish }) => load + call + finish),
  ];
  console.log(`| ${[extension, ...columns.map(median)].join(' | ')} |`);
}

/** Starts a fresh editor with the demo and the built extension, and reads what its activations took. */
async function activations(): Promise<ReadonlyMap<string, Activation>> {
  const demo = await startDemo({ anyPort: true });
  const editor = await startEditor({ folder: demo.folder, environment: demo.environment });
  const browser = await startBrowser();
  try {
    const workbench = await openWorkbench(browser, editor, { width: 1800, height: 1600 });
    const { page } = workbench;
    await page
      .locator('.statusbar-item[aria-label^="Tollgate"]')
      .filter({ hasText: /^\s*\d/ })
      .waitFor();
    await workbench.command('Developer: Startup Performance');
    const row = page.locator('.view-line').filter({ hasText: 'tollgate.tollgate' }).first();
    await row.waitFor();
    const found = new Map<string, Activation>();
    for (const line of await page.locator('.view-line').allTextContents()) {
      const [, name = '', , ...times] = line.split('|').map((cell) => cell.replaceAll('\u00a0', ' ').trim());
      const [load = 0, call = 0, finish = 0] = times.map(Number);
      if (extensions.includes(name)) found.set(name, { load, call, finish });
    }
    return found;
  } finally {
    await browser.close();
    await editor.close();
    await demo.close();
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
