import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startDemo, type Demo } from '../demo/demo.ts';
import { startEditor, type Editor, type EditorOptions } from '../host/editor.ts';
import { openWorkbench, startBrowser, type Workbench, type WorkbenchOptions } from '../host/workbench.ts';

const screenshots = path.join(import.meta.dirname, '.screenshots');

/** The demo in a real workbench, with everything that it needs. */
export interface Scene {
  readonly demo: Demo;
  readonly editor: Editor;
  readonly workbench: Workbench;
  /** Saves a picture of the window, for people to look at. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

type SceneOptions = Pick<EditorOptions, 'theme' | 'prepare' | 'extension' | 'environment'> & WorkbenchOptions;

/**
 * Opens a fresh copy of the demo, and waits until the gateway runs and terminals know it. An editor that does not come
 * up on a busy machine is started anew, once, and that is said.
 */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  try {
    return await startScene(options);
  } catch (error) {
    console.error('The editor did not come up, and is started again:', error);
    return startScene(options);
  }
}

async function startScene(options: SceneOptions): Promise<Scene> {
  const demo = await startDemo({ anyPort: true });
  const editor = await startEditor({
    ...options,
    folder: demo.folder,
    environment: { ...demo.environment, ...options.environment },
    settings: {
      // The terminal's text is in the page only where it is not painted by WebGL.
      'terminal.integrated.gpuAcceleration': 'off',
      'terminal.integrated.defaultProfile.linux': 'bash',
      'terminal.integrated.shellIntegration.enabled': false,
      'editor.minimap.enabled': false,
      // Nothing of the editor's own moves, blinks or checks while tests wait.
      'workbench.reduceMotion': 'on',
      'editor.cursorBlinking': 'solid',
      'typescript.validate.enable': false,
      'javascript.validate.enable': false,
      'typescript.tsserver.useSyntaxServer': 'always',
      'typescript.disableAutomaticTypeAcquisition': true,
      // A question that comes with the first terminal would stand before what tests look at.
      'tollgate.intercept.mode': 'off',
    },
  });
  let browser: Browser | null = null;
  const close = async (): Promise<void> => {
    await browser?.close();
    await editor.close();
    await demo.close();
  };
  try {
    browser = await startBrowser();
    const workbench = await openWorkbench(browser, editor, options);
    await gatewayRuns(workbench);
    return {
      demo,
      editor,
      workbench,
      picture: async (name) => {
        await mkdir(screenshots, { recursive: true });
        await workbench.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Keeps a picture of where a test failed. To be called in a suite. */
export function picturesOfFailures(scene: () => Scene | null | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await scene()?.picture(`failed ${this.currentTest.fullTitle().replaceAll(/[^\w]+/g, ' ')}`);
    }
  });
}

/** Until the status bar shows the number of calls, and a terminal is open that leads through the gateway. */
async function gatewayRuns(workbench: Workbench): Promise<void> {
  await statusBar(workbench)
    .filter({ hasText: /^\s*\d/ })
    .waitFor();
  await eventually(async () => {
    const output = await runInTerminal(workbench, 'test -n "$TOLLGATE_STATE"');
    if (output.includes(':0]')) return;
    await workbench.command('Terminal: Kill the Active Terminal Instance');
    assert.fail('The terminal does not know the gateway.');
  }, 60_000);
}

/** Tollgate's item in the status bar. */
export function statusBar({ page }: Pick<Workbench, 'page'>): ReturnType<Workbench['page']['locator']> {
  return page.locator('.statusbar-item[aria-label^="Tollgate"]');
}

/** Lines of the visible editor (from 1) that have a squiggle. */
export async function squiggles({ page }: Workbench): Promise<readonly number[]> {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  const marks = await editor.locator('.squiggly-error, .squiggly-warning').all();
  const numbers = await editor.locator('.line-numbers').all();
  const lines = await Promise.all(
    numbers.map(async (one) => ({
      line: Number(await one.textContent()),
      box: await one.boundingBox({ timeout: 1000 }),
    })),
  );
  const boxes = await Promise.all(marks.map((mark) => mark.boundingBox({ timeout: 1000 })));
  const found = boxes.map((mark) => {
    const middle = (mark?.y ?? 0) + (mark?.height ?? 0) / 2;
    return lines.find(({ box }) => box !== null && box.y <= middle && middle < box.y + box.height)?.line;
  });
  return [...new Set(found.filter((line) => line !== undefined))].sort((a, b) => a - b);
}

/** Opens the quick fixes at the cursor. @returns the first whose title contains `text`. */
export async function quickFix({ page }: Workbench, text: string): Promise<ReturnType<Workbench['page']['locator']>> {
  const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: text }).first();
  // The editor asks all extensions for fixes, and gives up on a key that comes while one of them still starts.
  let patience = 2500;
  await eventually(async () => {
    // In an open list the same key takes what is chosen there.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await fix.waitFor({ timeout: (patience *= 1.5) });
  }, 60_000);
  return fix;
}

/** Tries until it holds; fails with the last difference. Half a minute is long for a slow machine, too. */
export async function eventually(holds: () => Promise<void>, milliseconds = 30_000): Promise<void> {
  const until = Date.now() + milliseconds;
  for (;;) {
    try {
      await holds();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** The terminal's visible text. */
export async function terminalText({ page }: Workbench): Promise<string> {
  const rows = await page.locator('.terminal-wrapper.active .xterm-rows > div').allTextContents();
  return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
}

/** Runs a command in the terminal and waits until it is over. @returns what it printed. */
export async function runInTerminal(workbench: Workbench, command: string): Promise<string> {
  runs += 1;
  const end = `[end ${String(runs)}:`;
  // Split, so that the typed line itself does not look like the end. What a busy editor loses of it are blanks.
  await workbench.terminal(`   clear; ${command}; printf '\\n[%s ${String(runs)}:%s]\\n' end $?`);
  let text = '';
  await eventually(async () => {
    text = await terminalText(workbench);
    assert.ok(text.includes(end), `The command has not ended. The terminal shows:\n${text}`);
  }, 60_000);
  return text;
}
let runs = 0;
