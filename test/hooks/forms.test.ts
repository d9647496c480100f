import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { assertLines, hook, openBench, place, runtimes, type Bench } from './program.ts';

const typed = `interface Answer {
  readonly id: string;
}

type Name = 'mark-typed' | 'other';

export async function ask(name: Name): Promise<string> {
  const url: string = process.env.BASE!;
  const response = await fetch(\`\${url}/\${name}\`); // @typed
  return response.text();
}
void ask('mark-typed').then((text: string) => JSON.parse(text) as Answer);
`;

const several = `
import { Worker, isMainThread } from 'node:worker_threads';
import { fork, spawn } from 'node:child_process';
const { BASE } = process.env;
if (process.argv[2] === 'forked') await fetch(BASE + '/mark-forked');
else if (process.argv[2] === 'spawned') await fetch(BASE + '/mark-spawned');
else if (!isMainThread) await fetch(BASE + '/mark-worker');
else {
  new Worker(new URL(import.meta.url));
  fork(new URL(import.meta.url), ['forked']);
  spawn('sh', ['-c', '"$0" "$1" spawned', process.execPath, process.argv[1]]);
  await fetch(BASE + '/mark-main');
}
`;

const busy = `
import OpenAI from 'openai';
import http from 'node:http';
import { Pool } from 'undici';
const { BASE } = process.env;
const openai = new OpenAI({ apiKey: 'key', baseURL: BASE });
const pool = new Pool(BASE, { connections: 2 });
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
const ask = (content) => ({ model: 'm', messages: [{ role: 'user', content }] });
const kinds = [
  async () => (await fetch(BASE + '/mark-a')).text(),
  () => fetch(BASE + '/mark-b').then((response) => response.text()),
  async () => (await pool.request({ path: '/mark-c', method: 'GET' })).body.dump(),
  () => pool.request({ path: '/mark-d', method: 'GET' }).then(({ body }) => body.dump()),
  () => new Promise((resolve) => http.get(BASE + '/mark-e', { agent }, (response) => response.resume().on('end', resolve))),
  () => new Promise((resolve) => http.get(BASE + '/mark-f', { agent }, (response) => response.resume().on('end', resolve))),
  async () => { await openai.chat.completions.create(ask('mark-g')); },
  () => openai.chat.completions.create(ask('mark-h')).then((answer) => answer.id),
];
await Promise.all(Array.from({ length: 200 }, async (_, index) => {
  await new Promise((resolve) => setTimeout(resolve, index % 7));
  await kinds[index % kinds.length]();
}));
agent.destroy();
await pool.close();
`;

for (const runtime of runtimes) {
  describe(`programs of all forms under ${runtime.name}`, function () {
    this.timeout(60_000);
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench(undefined, 2_000);
    });
    afterEach(() => bench.close());

    const run = async (parameters: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
      const outcome = await bench.run(runtime, parameters, variables);
      assert.deepEqual(outcome, { code: 0, output: '', errors: '' });
    };

    it('finds 200 calls of eight lines made at once through shared connections, none of them wrong', async () => {
      const file = bench.write('busy.mjs', busy);
      await run([file]);
      assertLines(file, bench.gateway.recorded, Object.fromEntries(Array.from('abcdefgh', (name) => [name, 25])));
    });

    it('finds calls of workers, forks and children of shells', async () => {
      const file = bench.write('several.mjs', several);
      await run([file]);
      assertLines(file, bench.gateway.recorded);
    });

    it('finds the line in the TypeScript that tsc compiled, by the map beside it', async () => {
      const file = bench.write('src/typed.ts', typed);
      const { outputText, sourceMapText = '' } = ts.transpileModule(typed, {
        fileName: 'typed.ts',
        compilerOptions: { target: ts.ScriptTarget.ES2017, module: ts.ModuleKind.CommonJS, sourceMap: true },
      });
      const map = { ...(JSON.parse(sourceMapText) as object), sources: ['../src/typed.ts'] };
      bench.write('dist/typed.js.map', JSON.stringify(map));
      await run([bench.write('dist/typed.js', outputText)]);
      assertLines(file, bench.gateway.recorded);
    });

    it('finds the line in the sources of a bundle that holds its SDKs, and never another, also by a map in sections', async () => {
      const text = `import OpenAI from 'openai';
import { Pool } from 'undici';
const { BASE } = process.env;
const openai = new OpenAI({ apiKey: 'key', baseURL: BASE });
const pool = new Pool(BASE ?? '', { connections: 1 });
fetch(BASE + '/mark-direct').then(async () => {
  await openai.models.retrieve('mark-first');
  await openai.models.retrieve('mark-second');
  await Promise.all(['mark-third', 'mark-third'].map((name) => openai.models.retrieve(name).then(({ id }) => id)));
  await Promise.all([
    pool.request({ path: '/mark-pool', method: 'GET' }).then(({ body }) => body.dump()),
    pool.request({ path: '/mark-waiting', method: 'GET' }).then(({ body }) => body.dump()),
  ]);
  await pool.close();
});
`;
      const file = bench.write('src/main.ts', text);
      const outfile = path.join(bench.folder, 'out/main.cjs');
      const options = { bundle: true, platform: 'node', sourcemap: true, minify: true, logLevel: 'error' } as const;
      await build({ entryPoints: [file], outfile, ...options });
      await run([runtime === runtimes.at(-1) ? inSections(outfile) : outfile]);
      const told = bench.gateway.recorded.map(({ mark, site }) => `${String(mark)}: ${place(site)}`);
      for (const [mark, line] of Object.entries({ direct: 6, second: 8, third: 9, pool: 11 }))
        assert.ok(told.includes(`${mark}: ${file}:${line} exact`), `${mark}: ${told.join(', ')}`);
      // Before the first there is no reason to look closely, and what waits in a pool goes out with the end of another.
      for (const [mark, line] of Object.entries({ first: 7, waiting: 12 }))
        assert.ok(
          ['nowhere', `${file}:${line} near`, `${file}:${line} exact`].some((one) => told.includes(`${mark}: ${one}`)),
        );
    });

    it('finds the line where the map is within the file', async () => {
      const file = bench.write('inline.ts', typed);
      const outfile = path.join(bench.folder, 'inline.mjs');
      await build({
        entryPoints: [file],
        outfile,
        format: 'esm',
        sourcemap: 'inline',
        minify: true,
        logLevel: 'error',
      });
      await run([outfile]);
      assertLines(file, bench.gateway.recorded);
    });

    it('finds the line in TypeScript that Node runs as it is', async function () {
      if (runtime.major < 23) {
        console.log(`      ${runtime.name} does not run TypeScript by itself.`);
        this.skip();
      }
      const file = bench.write('plain.mts', typed);
      await run(['--disable-warning=ExperimentalWarning', file]);
      assertLines(file, bench.gateway.recorded);
    });

    it('finds the line in TypeScript that a transpiler compiles in memory', async function () {
      const file = bench.write('memory.ts', typed);
      const loader = `
        const { transformSync } = require('esbuild');
        const { readFileSync } = require('node:fs');
        process.setSourceMapsEnabled(true);
        require.extensions['.ts'] = (module, file) => {
          const text = readFileSync(file, 'utf8');
          const options = { loader: 'ts', format: 'cjs', target: 'node18', sourcefile: file, sourcemap: 'inline' };
          module._compile(transformSync(text, { ...options, minifyWhitespace: true }).code, file);
        };`;
      await run(['-r', bench.write('loader.cjs', loader), '-e', `require(${JSON.stringify(file)})`]);
      assertLines(file, bench.gateway.recorded);
    });

    it('never says "exact" of a file that changed after the program began', async () => {
      const file = bench.write(
        'changed.cjs',
        `setTimeout(() => {
  require('node:fs').appendFileSync(__filename, '// More.');
  fetch(process.env.BASE + '/mark-changed');
}, 50);
`,
      );
      await run([file]);
      assert.deepEqual(
        bench.gateway.recorded.map(({ site }) => place(site)),
        [`${file}:3 near`],
      );
    });

    it('gets along with options that the user set, and with being given twice', async () => {
      const file = bench.write('twice.mjs', `await fetch(process.env.BASE + '/mark-twice');\n`);
      await run([file], { NODE_OPTIONS: `--no-warnings --require "${hook}" --require "${hook}"` });
      assertLines(file, bench.gateway.recorded);
    });

    it('adds nothing to a request', async () => {
      const file = bench.write('headers.mjs', `await fetch(process.env.BASE + '/mark-headers');\n`);
      await run([file]);
      await run([file], { NODE_OPTIONS: '' });
      const [one, other] = bench.gateway.recorded.map(({ headers }) => headers);
      assert.deepEqual(one, other);
      assert.equal(bench.gateway.recorded.filter(({ site }) => site !== null).length, 1);
    });
  });
}

/** The bundle behind a line of somebody else's, with a map as bundlers write it that put finished pieces together. */
function inSections(file: string): string {
  const joined = file.replace('main', 'joined');
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as object;
  const own = { version: 3, sources: ['../src/other.ts'], names: [], mappings: 'AAAA' };
  const sections = [
    { offset: { line: 0, column: 0 }, map: own },
    { offset: { line: 1, column: 0 }, map },
  ];
  writeFileSync(`${joined}.map`, JSON.stringify({ version: 3, sections }));
  const text = readFileSync(file, 'utf8').replace('main.cjs.map', 'joined.cjs.map');
  writeFileSync(joined, `globalThis.other = true;\n${text}`);
  return joined;
}
