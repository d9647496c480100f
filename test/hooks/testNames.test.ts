import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCallNote } from '../../src/gateway/callSites/parseCallNote.ts';
import { openBench, runtimes, type Bench } from './program.ts';

const calls = `
const { BASE } = process.env;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
describe('payments', () => {
  it('are made', async () => {
    await pause(1);
    await fetch(BASE + '/made');
  });
  it('are taken back', () => fetch(BASE + '/back'));
});
`;

const together = `import test from 'node:test';
const { BASE } = process.env;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
test('at once', { concurrency: true }, (t) => Promise.all(['a', 'b'].map((name) => t.test(name, async () => {
  await pause(name === 'a' ? 20 : 1);
  await fetch(BASE + '/' + name);
}))));
`;

for (const runtime of runtimes) {
  describe(`the test that made a call under ${runtime.name}`, function () {
    this.timeout(60_000);
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench();
    });
    afterEach(() => bench.close());

    const told = async (parameters: readonly string[]): Promise<Readonly<Record<string, string | undefined>>> => {
      const { code, output, errors } = await bench.run(runtime, parameters);
      assert.equal(code, 0, output + errors);
      const { spool } = bench.gateway;
      const lines = readdirSync(spool).flatMap((name) => readFileSync(path.join(spool, name), 'utf8').split('\n'));
      return Object.fromEntries(
        lines.flatMap((line) => parseCallNote(line) ?? []).map((note) => [note.path, note.test]),
      );
    };

    it('is told of node:test', async () => {
      const file = bench.write('pay.test.mjs', `import { describe, it } from 'node:test';${calls}`);
      assert.deepEqual(await told(['--test', file]), {
        '/made': 'pay.test.mjs::payments::are made',
        '/back': 'pay.test.mjs::payments::are taken back',
      });
    });

    it('is told of tests of node:test that run at once', async () => {
      const file = bench.write('pay.test.mjs', together);
      const { '/a': a, '/b': b } = await told(['--test', file]);
      assert.deepEqual({ a, b }, { a: 'pay.test.mjs::at once::a', b: 'pay.test.mjs::at once::b' });
    });

    it('is told of mocha', async function () {
      // There, modules are not amended unless a client needs it: it would cost each start 50 ms.
      if (runtime.major < 22) return this.skip();
      const file = bench.write('pay.spec.mjs', calls);
      assert.deepEqual(await told([path.join(bench.folder, 'node_modules/mocha/bin/mocha.js'), file]), {
        '/made': 'pay.spec.mjs::payments::are made',
        '/back': 'pay.spec.mjs::payments::are taken back',
      });
    });

    it('changes nothing of what node:test prints of a failure', async () => {
      const text = `import { test } from 'node:test';\ntest('fails', async () => {\n  throw new Error('so');\n});\n`;
      const file = bench.write('fails.test.mjs', text);
      const print = async (variables: Readonly<Record<string, string>>): Promise<string> => {
        const { output } = await bench.run(runtime, ['--test', file], variables);
        return output.replaceAll(/[\d.]+(?=ms)|(?<=duration_ms:? )[\d.]+/g, '0');
      };
      const expected = await print({ NODE_OPTIONS: '' });
      assert.match(expected, /so/);
      assert.equal(await print({}), expected);
    });
  });
}
