import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEditor, themes, type Theme } from './editor.ts';
import { openWorkbench, startBrowser } from './workbench.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '.' },
    out: { type: 'string', default: '.' },
    theme: { type: 'string', multiple: true, default: Object.keys(themes) },
    open: { type: 'string', multiple: true, default: [] },
    command: { type: 'string', multiple: true, default: [] },
    wait: { type: 'string', default: '4' },
    width: { type: 'string', default: '1400' },
    height: { type: 'string', default: '900' },
  },
});

await mkdir(values.out, { recursive: true });
const browser = await startBrowser();
try {
  for (const theme of values.theme) {
    if (!Object.hasOwn(themes, theme)) {
      throw new Error(`There is no theme "${theme}"; there are ${Object.keys(themes).join(', ')}.`);
    }
    await look(theme as Theme);
  }
} finally {
  await browser.close();
}

async function look(theme: Theme): Promise<void> {
  const editor = await startEditor({ folder: path.resolve(values.folder), theme });
  try {
    const workbench = await openWorkbench(browser, editor, {
      width: Number(values.width),
      height: Number(values.height),
    });
    // The extension host comes up after the workbench.
    await workbench.page.waitForTimeout(6000);
    for (const file of values.open) {
      const [name = '', line = '1'] = file.split(':');
      await workbench.openFile(name, Number(line));
    }
    for (const title of values.command) await workbench.command(title);
    await workbench.page.waitForTimeout(Number(values.wait) * 1000);
    const file = path.join(values.out, `${theme}.png`);
    await workbench.page.screenshot({ path: file });
    console.log(file);
    await workbench.close();
  } finally {
    await editor.close();
  }
}
