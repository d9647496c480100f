import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assertLines, lineOf, openBench, place, runtimes } from './program.ts';
import { openPythonBench, pythons, withPackages } from './pythonProgram.ts';
import { answerLikeSdks } from './recordingGateway.ts';

const rerouted = readFileSync(path.join(import.meta.dirname, 'node/rerouted.mjs'), 'utf8');
const marks = [...new Set([...rerouted.matchAll(/mark-(\w+)/g)].map(([, mark = '']) => mark))];
const listed = ['api.listed.invalid'];

for (const runtime of runtimes) {
  describe(`calls to listed hosts under ${runtime.name}`, function () {
    this.timeout(120_000);

    it('go through the gateway, with their lines, for clients and SDKs of all kinds', async () => {
      const bench = await openBench(answerLikeSdks(), 1_000, listed);
      const file = bench.write('rerouted.mjs', rerouted);
      const { code, errors } = await bench.run(runtime, [file], { AI_SDK_LOG_WARNINGS: 'false' });
      await bench.close();
      assert.equal(code, 0, errors);
      // There, too little is told of these.
      const unknown = runtime.major < 22 ? /^(http2|superagent)_/ : /^$/;
      const reached = bench.gateway.recorded.map(({ mark }) => mark ?? '');
      assert.deepEqual(reached.toSorted(), marks.toSorted());
      for (const { mark, site } of bench.gateway.recorded)
        if (!unknown.test(mark ?? ''))
          assert.equal(place(site), `${file}:${lineOf(rerouted, mark ?? '')} exact`, mark ?? '');
    });
  });
}

for (const python of pythons) {
  describe(`calls to listed hosts under ${python.name}`, function () {
    this.timeout(900_000);

    it('go through the gateway, with their lines, for clients and SDKs of all kinds', async function () {
      const equipped = withPackages(python);
      if (equipped === null) this.skip();
      const bench = await openPythonBench(answerLikeSdks(), 2_000, listed);
      const text = readFileSync(path.join(import.meta.dirname, 'python/rerouted.py'), 'utf8');
      const file = bench.write('rerouted.py', text);
      const { code, errors } = await bench.run(equipped, ['-W', 'ignore', file]);
      assert.equal(code, 0, errors);
      assertLines(file, bench.gateway.recorded);
      await bench.close();
    });
  });
}
