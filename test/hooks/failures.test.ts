import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { nodeOption } from '../../src/shared/nodeOptions.ts';
import { hook, openBench, runtimes, type Bench, type Outcome } from './program.ts';

/** Shows all that a hook could disturb: answers, refusals, errors with their stacks, settings of Error, exit. */
const program = `
import http from 'node:http';
import OpenAI from 'openai';
const { BASE, CLOSED } = process.env;
Error.stackTraceLimit = 7;
Error.prepareStackTrace = (error, sites) => error + ' ' + sites.map((site) => site.getFunctionName()).join();
const show = (error) => console.log(String(error.cause?.code ?? error.code ?? error.stack));
console.log(await fetch(BASE + '/some').then((response) => response.text()));
await fetch(CLOSED).catch(show);
await fetch('no url').catch(show);
http.get(CLOSED).on('error', show);
await new OpenAI({ apiKey: 'key', baseURL: BASE }).chat.completions
  .create({ model: 'm', messages: [] })
  .then((answer) => console.log(answer.choices[0].message.content));
console.log(Error.stackTraceLimit, Error.prepareStackTrace.length, fetch.name, fetch.length, Object.keys(globalThis).join());
const aborted = new AbortController();
const request = fetch(BASE + '/aborted', { signal: aborted.signal });
aborted.abort();
await request.catch(({ name }) => console.log(name));
function last() {
  throw new Error('uncaught');
}
setTimeout(last, 20);
`;

const closed = 'http://127.0.0.1:9';

for (const runtime of runtimes) {
  describe(`a program under ${runtime.name} comes out the same as without the hook`, function () {
    this.timeout(60_000);
    let bench: Bench;
    let file: string;
    let expected: Outcome;
    before(async () => {
      bench = await openBench();
      file = bench.write('program.mjs', program);
      expected = await bench.run(runtime, [file], { NODE_OPTIONS: '', CLOSED: closed });
      assert.equal(expected.code, 1);
      assert.match(expected.output, /yes/);
    });
    after(() => bench.close());

    const same = async (variables: Readonly<Record<string, string>> = {}, parameters: readonly string[] = []) => {
      const outcome = await bench.run(runtime, [...parameters, file], { CLOSED: closed, ...variables });
      assert.deepEqual(withoutPids(outcome), withoutPids(expected));
    };
    const state = (name: string, content: object | string): string =>
      bench.write(name, typeof content === 'string' ? content : JSON.stringify(content));

    it('where all is well', () => same());
    it('where there is no state file', () => same({ TOLLGATE_STATE: path.join(bench.folder, 'missing.json') }));
    it('where the variable is missing', () => same({ TOLLGATE_STATE: '' }));
    it('where the state file is no JSON', () => same({ TOLLGATE_STATE: state('broken.json', '{"pid":') }));
    it('where the state file is a folder', () => same({ TOLLGATE_STATE: bench.folder }));
    it('where the gateway is dead', () => {
      const dead = { pid: 2 ** 22 + 1, port: 9, url: closed, spool: bench.gateway.spool };
      return same({ TOLLGATE_STATE: state('dead.json', dead) });
    });
    it('where the gateway’s port is closed', () => {
      const gone = { pid: process.pid, port: 9, url: closed, spool: bench.gateway.spool };
      return same({ TOLLGATE_STATE: state('closed.json', gone) });
    });
    it('where the spool folder is missing', () => {
      const port = Number(new URL(bench.gateway.url).port);
      const lost = { pid: process.pid, port, url: bench.gateway.url, spool: path.join(bench.folder, 'nowhere') };
      return same({ TOLLGATE_STATE: state('lost.json', lost) });
    });
    it('where the spool is a file, which nobody can write into, not even root', () => {
      const port = Number(new URL(bench.gateway.url).port);
      const blocked = { pid: process.pid, port, url: bench.gateway.url, spool: bench.write('spool-file', '') };
      return same({ TOLLGATE_STATE: state('blocked.json', blocked) });
    });
    it('where the spool is read-only', async () => {
      const spool = path.join(bench.folder, 'read-only');
      mkdirSync(spool);
      chmodSync(spool, 0o500);
      const port = Number(new URL(bench.gateway.url).port);
      await same({
        TOLLGATE_STATE: state('read-only.json', { pid: process.pid, port, url: bench.gateway.url, spool }),
      });
    });
    it('where the implementation behind the entry is missing', () => {
      const entry = path.join(bench.folder, 'alone', 'register.cjs');
      mkdirSync(path.dirname(entry));
      copyFileSync(hook, entry);
      return same({ NODE_OPTIONS: nodeOption(entry) });
    });
    it('where the hook is removed once it is loaded', async () => {
      const folder = path.join(bench.folder, 'removed');
      cpSync(path.dirname(hook), folder, { recursive: true });
      const remover = bench.write(
        'remover.cjs',
        `require('fs').rmSync(${JSON.stringify(folder)}, { recursive: true, force: true, maxRetries: 5 });`,
      );
      await same({ NODE_OPTIONS: `${nodeOption(path.join(folder, 'register.cjs'))} --require "${remover}"` });
    });
    it('where a foreign server has the gateway’s port', async () => {
      const before = new Set(readdirSync(bench.gateway.spool));
      const port = Number(new URL(bench.gateway.url).port);
      const spool = path.join(bench.folder, 'other-spool');
      mkdirSync(spool);
      await same({ TOLLGATE_STATE: state('foreign.json', { pid: process.ppid, port, url: bench.gateway.url, spool }) });
      // Notes of earlier programs may be read and removed meanwhile.
      assert.deepEqual(
        readdirSync(bench.gateway.spool).filter((name) => !before.has(name)),
        [],
      );
    });

    it('where a module throws as it is loaded, with the frames it has without', async () => {
      bench.write('throwing.cjs', `throw new Error('as it is loaded');\n`);
      const loading = bench.write('loading.cjs', `require('axios');\nrequire('undici');\nrequire('./throwing.cjs');\n`);
      const hooked = await bench.run(runtime, [loading]);
      assert.deepEqual(hooked, await bench.run(runtime, [loading], { NODE_OPTIONS: '' }));
      assert.match(hooked.errors, /as it is loaded/);
    });

    it('where Error is frozen', async () => {
      const quiet = bench.write(
        'quiet.mjs',
        `console.log(await (await fetch(process.env.BASE + '/frozen')).text());\n`,
      );
      const parameters = ['--frozen-intrinsics', '--no-warnings', quiet];
      const hooked = await bench.run(runtime, parameters);
      assert.deepEqual(hooked, await bench.run(runtime, parameters, { NODE_OPTIONS: '' }));
      assert.equal(hooked.code, 0);
    });

    it('where the program ends by itself, the hook holds nothing open', async () => {
      const short = bench.write('short.mjs', `const { status } = await fetch(process.env.BASE + '/short');\n`);
      assert.deepEqual(await bench.run(runtime, [short]), { code: 0, output: '', errors: '' });
    });

    it('where the gateway comes back on another port, and then finds lines again', async () => {
      const elsewhere = await openBench();
      const own = state('moving.json', { pid: process.pid, port: 9, url: closed, spool: bench.gateway.spool });
      const moving = bench.write(
        'moving.mjs',
        `import { renameSync } from 'node:fs';
await fetch(process.env.BASE + '/before');
renameSync(process.env.NEXT, process.env.TOLLGATE_STATE);
await new Promise((resolve) => setTimeout(resolve, 1100));
await fetch(process.env.BASE + '/after');
`,
      );
      const next = path.join(bench.folder, 'next.json');
      copyFileSync(elsewhere.gateway.stateFile, next);
      await bench.run(runtime, [moving], { TOLLGATE_STATE: own, NEXT: next, BASE: elsewhere.gateway.url });
      const lines = elsewhere.gateway.recorded.map(({ path: at, site }) => [at, site?.line ?? null]);
      await elsewhere.close();
      assert.deepEqual(lines, [
        ['/before', null],
        ['/after', 5],
      ]);
    });
  });
}

function withoutPids({ code, output, errors }: Outcome): Outcome {
  return { code, output, errors: errors.replace(/\(node:\d+\)/g, '(node)') };
}
