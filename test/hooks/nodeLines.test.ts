import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { guessedIn, nodePrograms, stranger, timesIn, toCommonJs } from './nodePrograms.ts';
import { assertLines, lineOf, openBench, place, runtimes, type Bench } from './program.ts';
import { answerLikeSdks } from './recordingGateway.ts';

for (const runtime of runtimes) {
  describe(`the line of a call through what people install, under ${runtime.name}`, function () {
    this.timeout(120_000);
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench(answerLikeSdks(), 1_000);
      cpSync(stranger, path.join(bench.folder, 'app/node_modules/stranger'), { recursive: true });
    });
    afterEach(() => bench.close());

    const run = async (name: string, text: string): Promise<string> => {
      const file = bench.write(`app/${name}`, text);
      const { code, errors } = await bench.run(runtime, [file], { AI_SDK_LOG_WARNINGS: 'false' });
      assert.equal(code, 0, errors);
      return file;
    };

    for (const { name, text } of nodePrograms.filter(({ warmsUp }) => !warmsUp)) {
      it(`is found ${name}`, async function () {
        // There, a CommonJS module that an ECMAScript module imports passes the hook by.
        if (runtime.major < 22 && text.includes('superagent')) this.skip();
        assertLines(await run('program.mjs', text), bench.gateway.recorded, timesIn(text));
      });

      it(`is found ${name}, with require`, async function () {
        // What is published as ECMAScript modules only cannot be required there.
        if (runtime.major < 22) this.skip();
        const required = toCommonJs(text);
        assertLines(await run('program.cjs', required), bench.gateway.recorded, timesIn(text));
      });
    }

    for (const { name, text } of nodePrograms.filter(({ warmsUp }) => warmsUp)) {
      it(`is found ${name}, and never told as exact where it is another`, async () => {
        const file = await run('program.mjs', text);
        const guessed = guessedIn(text);
        for (const { mark, path: at, site } of bench.gateway.recorded) {
          const expected = `${file}:${lineOf(text, mark ?? '')} exact`;
          if (site?.certainty === 'exact' || (at.startsWith('/second/') && !guessed.has(mark ?? '')))
            assert.equal(place(site), expected, at);
        }
      });
    }
  });
}
