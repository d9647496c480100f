import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { createPanelApi } from '../../src/extension/views/logPanelApi.ts';
import type { LogPanelDependencies } from '../../src/extension/views/logPanelApi.ts';
import { logPanelHtml } from '../../src/extension/views/logPanelHtml.ts';
import { causeTitle } from '../../src/shared/causePages.ts';
import { openChannel } from '../../src/shared/channel.ts';
import type { Channel } from '../../src/shared/channel.ts';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import { causes } from '../../src/shared/finding.ts';
import type { PanelEvents, PanelFix, PanelTarget } from '../../src/shared/panel.ts';
import { panelStrings } from '../../src/shared/panelStrings.ts';
import { plain } from '../../src/shared/text.ts';
import type { Troubleshooting } from '../../src/shared/troubleshooting.ts';
import { findBrowser } from '../host/browser.ts';
import type { CallLog } from './callLog.ts';
import { themeSheet } from './themes.ts';
import type { Theme } from './themes.ts';

/** The built panel, a server of its page, and a browser: made once for all tests of a file. */
export interface PanelHost {
  open(log: CallLog, options?: PanelOptions): Promise<OpenPanel>;
  close(): Promise<void>;
}

export interface PanelOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly running?: boolean;
  readonly configured?: boolean;
  readonly target?: PanelTarget;
  readonly fixes?: readonly PanelFix[];
  readonly savedFilters?: Readonly<Record<string, string>>;
  readonly troubleshooting?: (id: ExchangeId) => Troubleshooting;
}

/** A page with the panel in it, and the extension's end of its line. */
export interface OpenPanel {
  readonly page: Page;
  readonly events: Pick<Channel<object, object, PanelEvents>, 'emit'>;
  /** What the panel asked the editor to do, in order, as in `copy:text`. */
  readonly asked: string[];
  /** What the browser complained of: policy violations, errors, failed loads. */
  readonly complaints: string[];
}

/** Builds the panel as it ships and serves it under the policy that the extension sends. */
export async function startPanelHost(): Promise<PanelHost> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-panel-'));
  await build({
    entryPoints: { panel: 'webview/panel.ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    outdir: directory,
    splitting: true,
    chunkNames: '[name]-[hash]',
    tsconfig: 'webview/tsconfig.json',
    logLevel: 'warning',
  });
  const icons = 'node_modules/@vscode/codicons/dist';
  const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
    '/panel.js': [path.join(directory, 'panel.js'), 'text/javascript'],
    '/panel.css': [path.join(directory, 'panel.css'), 'text/css'],
    '/codicon.css': [path.join(icons, 'codicon.css'), 'text/css'],
    '/codicon.ttf': [path.join(icons, 'codicon.ttf'), 'font/ttf'],
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file =
      files[pathname] ??
      (/^\/[\w-]+\.js$/.test(pathname) ? ([path.join(directory, pathname), 'text/javascript'] as const) : undefined);
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html').end(html(origin, searchParams.get('theme') ?? 'dark'));
    } else if (pathname === '/theme.css') {
      response.setHeader('content-type', 'text/css').end(themeSheet(searchParams.get('theme') as Theme));
    } else if (file === undefined) response.writeHead(404).end();
    else
      void readFile(file[0]).then((content) => {
        response.writeHead(200, { 'content-type': file[1], 'cache-control': 'max-age=3600' }).end(content);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  // What one page has compiled the next ones have too.
  const context = await browser.newContext();
  return {
    open: (log, options = {}) => openPanel(context, origin, log, options),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}

/** Waits until something holds; the page's policy forbids Playwright's own way of asking it again and again. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`This did not come to hold: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function html(origin: string, theme: string): string {
  const page = logPanelHtml({
    cspSource: origin,
    nonce: 'dGVzdA==',
    script: '/panel.js',
    style: '/panel.css',
    icons: '/codicon.css',
    title: 'Tollgate Log',
    language: 'en',
    strings: {
      ...panelStrings,
      ...Object.fromEntries(causes.map((cause) => [`cause.${cause}`, plain(causeTitle(cause))])),
    },
  });
  return page.replace('<link', `<link rel="stylesheet" href="/theme.css?theme=${theme}">\n<link`);
}

async function openPanel(
  context: BrowserContext,
  origin: string,
  log: CallLog,
  options: PanelOptions,
): Promise<OpenPanel> {
  const page = await context.newPage();
  await page.setViewportSize({ width: options.width ?? 1400, height: options.height ?? 800 });
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));

  let channel: Channel<object, object, PanelEvents> | null = null;
  let name = '';
  let receive: (message: unknown) => void = () => undefined;
  await page.exposeFunction('tollgatePost', (raw: unknown) => {
    const { page: from, message } = raw as { page: string; message: unknown };
    if (from !== name) {
      name = from;
      channel = openChannel<object, object, object, PanelEvents>(
        {
          post: (answer) => {
            const data = JSON.stringify({ page: from, message: answer });
            page.evaluate(`window.postMessage(${data})`).catch(() => undefined);
          },
          onMessage: (listener) => (receive = listener),
        },
        createPanelApi(dependencies(log, options, asked), {
          takeTarget: () => options.target ?? null,
          copy: (text) => Promise.resolve(void asked.push(`copy:${text}`)),
          translate: (text) => ({ message: plain(text), args: [] }),
        }),
      );
    }
    receive(message);
  });
  await page.addInitScript(`globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => void globalThis.tollgatePost(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  })`);
  await page.goto(`${origin}/?theme=${options.theme ?? 'dark'}`);
  await page.locator('tollgate-table [role=grid]').waitFor();
  return { page, asked, complaints, events: { emit: (event, value) => channel?.emit(event, value) } };
}

function dependencies(log: CallLog, options: PanelOptions, asked: string[]): LogPanelDependencies {
  const silent = (): { dispose: () => undefined } => ({ dispose: () => undefined });
  const note = (what: string): Promise<void> => Promise.resolve(void asked.push(what));
  const saved = new Map(Object.entries(options.savedFilters ?? {}));
  return {
    gateway: () => (options.running === false ? null : log),
    protoFor: () => Promise.resolve(null),
    onRows: silent,
    onCleared: silent,
    onGatewayChanged: silent,
    account: () => null,
    configured: () => options.configured ?? true,
    fixes: () => Promise.resolve(options.fixes ?? []),
    runFix: ({ number }, fixId) => note(`fix:${String(number)}:${fixId}`),
    reveal: ({ number }) => note(`reveal:${String(number)}`),
    revealLine: (file, line) => note(`line:${file}:${String(line)}`),
    copyReport: ({ number }) => note(`report:${String(number)}`),
    exportHar: (filter) => note(`har:${filter}`),
    saveSession: (filter) => note(`session:${filter}`),
    openSession: (file) => note(`open:${file === null ? '' : path.basename(file)}`),
    onSessions: silent,
    clear: () => note('clear'),
    savedFilters: {
      list: () => [...saved].map(([name, filter]) => ({ name, filter })),
      save: (filter) => Promise.resolve(void saved.set('mine', filter)),
      forget: (name) => Promise.resolve(void saved.delete(name)),
    },
    troubleshooting: ({ id }) => options.troubleshooting?.(id) ?? null,
    onTroubleshooting: silent,
    troubleshoot: ({ number }) => note(`troubleshoot:${String(number)}`),
    stepAction: ({ number }, action) => note(`step:${String(number)}:${action}`),
    act: (_id, action) => note(action),
    startGateway: () => note('startGateway'),
    addApi: () => note('addApi'),
    whyNothing: () => note('whyNothing'),
  };
}
