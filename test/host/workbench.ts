import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { findBrowser } from './browser.ts';
import { editorUrl, type Editor } from './editor.ts';

/** A browser window with a running editor in it. */
export interface Workbench {
  readonly page: Page;
  /** Picks a command in the palette by its full title, as "Tollgate: Open Log". */
  command(title: string): Promise<void>;
  /** Opens a file of the workspace, by its name, at a line (from 1). */
  openFile(name: string, line?: number): Promise<void>;
  /** Types a line into a terminal that it opens where there is none. */
  terminal(line: string): Promise<void>;
  /** The inner document of the newest webview. */
  webview(): Promise<Frame>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  readonly width?: number;
  readonly height?: number;
}

const browserArguments = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Starts a browser. Several windows can share one. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: browserArguments });
}

/** Opens an editor in a window of its own and waits until the workbench stands. */
export async function openWorkbench(
  browser: Browser,
  editor: Editor,
  options: WorkbenchOptions = {},
): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1400, height: options.height ?? 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(editorUrl(editor));
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  // The palette lists contributed commands only once the extensions are known.
  await page.locator('.activitybar .action-item').nth(3).waitFor();

  // By the mouse: a webview that has the keyboard keeps its shortcuts for itself.
  const pick = async (text: string): Promise<void> => {
    await page.locator('.command-center-center').click();
    const input = page.locator('.quick-input-widget:visible input[type=text]').first();
    await input.waitFor();
    // It may be cleared once more while it opens.
    do {
      await input.fill(text);
      await page.waitForTimeout(200);
    } while ((await input.inputValue()) !== text);
  };
  const command = async (title: string): Promise<void> => {
    await pick(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  };
  return {
    page,
    command,
    openFile: async (name, line) => {
      const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
      // The list is that of the moment at which it opened, and may lack a file that was just written.
      for (let tries = 1; tries <= 6; tries++) {
        await pick(line === undefined ? name : `${name}:${String(line)}`);
        const listed = row.waitFor({ timeout: 5000 }).then(() => true);
        if (await listed.catch(() => false)) break;
        await page.keyboard.press('Escape');
      }
      await page.keyboard.press('Enter');
      await page.locator('.tab.active').filter({ hasText: name }).waitFor();
      await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    },
    terminal: async (line) => {
      const screen = page.locator('.terminal-wrapper.active .xterm-screen');
      if (!(await screen.isVisible())) await command('Terminal: Create New Terminal');
      await screen.click();
      await page.locator('.terminal-wrapper.active .xterm.focus').waitFor();
      await page.keyboard.type(line, { delay: 5 });
      await page.keyboard.press('Enter');
    },
    webview: () => innerFrame(page),
    close: () => context.close(),
  };
}

/** A webview is two nested frames: the outer belongs to the editor, the inner to the extension. */
async function innerFrame(page: Page): Promise<Frame> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const outer = page.frames().findLast((frame) => frame.url().includes('contrib/webview/browser/pre/index.html'));
    const inner = outer?.childFrames().at(-1);
    if (inner !== undefined) return inner;
    await page.waitForTimeout(100);
  }
  throw new Error('No webview appeared within 20 s.');
}
