import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from '../demo/demo.ts';
import { editorUrl, filePayload, startEditor } from './editor.ts';
import { openInBrowser } from './openInBrowser.ts';
import { root } from './paths.ts';
import { run } from './run.ts';

/** The address stays the same from run to run where it can, so that bookmarks and the browser's storage work. */
const usualPort = 8402;

const usage = `npm start -- [options]
  --port N        the editor's port (default: ${String(usualPort)}, or any free one)
  --folder PATH   open this folder instead of the demo; the sandbox runs all the same
  --no-build      use dist/ as it is
  --no-open       do not open a browser`;

const closers: (() => Promise<void>)[] = [];
let closing: Promise<void> | null = null;

/** Once, whether by Ctrl+C or by a failure. */
function close(): Promise<void> {
  closing ??= (async () => {
    for (const one of closers.reverse()) await one();
  })();
  return closing;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // It comes twice by Ctrl+C: from the terminal, and passed on by the process above.
    if (closing === null) console.log('\nStopping …');
    void close().finally(() => process.exit(0));
  });
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await close();
  process.exit(1);
}

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      folder: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  if (!values['no-build'] || !existsSync(path.join(root, 'dist/extension.cjs'))) {
    console.log('Building …');
    const { code, output } = await run(process.execPath, [path.join(root, 'esbuild.mjs')], { cwd: root });
    if (code !== 0) throw new Error(`The build failed:\n${output}`);
  }
  const demo = await startDemo();
  closers.push(() => demo.close());
  const folder = values.folder === undefined ? demo.folder : existingFolder(values.folder);
  console.log('Starting VS Code …');
  const editor = await startOnPort(values.port, (port) =>
    startEditor({
      folder,
      port,
      environment: demo.environment,
      settings: {
        'workbench.editorAssociations': { 'README.md': 'vscode.markdown.preview.editor' },
        'window.autoDetectColorScheme': true,
      },
    }),
  );
  closers.push(() => editor.close());
  const url = editorUrl(editor, existsSync(path.join(folder, 'README.md')) ? filePayload(editor, 'README.md') : []);
  console.log(`
Tollgate runs in VS Code: open

  ${url}

Folder    ${folder}${values.folder === undefined ? '  (a copy, deleted at the end)' : ''}
Sandbox   ${demo.sandbox.url}  plays the providers; no real one is called, nothing is charged

First steps: open a terminal there, run "node assistant.ts", and look at assistant.ts.
Ctrl+C ends everything.
`);
  if (!values['no-open']) openInBrowser(url);
}

function existingFolder(given: string): string {
  const folder = path.resolve(given);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  return folder;
}

/** A port that was asked for is that one or an error; the usual one gives way to any. */
async function startOnPort<T>(given: string | undefined, startAt: (port: number) => Promise<T>): Promise<T> {
  if (given === undefined) return startAt(usualPort).catch(() => startAt(0));
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${given} is not a port number.`);
  return startAt(port);
}
