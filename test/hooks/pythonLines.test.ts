import assert from 'node:assert/strict';
import { assertLines } from './program.ts';
import { pythonPrograms, timesIn, type PythonProgram } from './pythonPrograms.ts';
import { openPythonBench, pythons, withPackages, type Python, type PythonBench } from './pythonProgram.ts';
import { answerLikeSdks } from './recordingGateway.ts';

if (pythons.length === 0) {
  describe('the line of a call under Python', () => {
    it('is found', function () {
      console.log('      There is no Python 3.9 or later on the path.');
      this.skip();
    });
  });
}

for (const plain of pythons) {
  describe(`the line of a call under ${plain.name}`, function () {
    this.timeout(120_000);
    let bench: PythonBench;
    let equipped: Python | null;
    before(async function () {
      // What is not there yet is fetched.
      this.timeout(900_000);
      equipped = withPackages(plain);
      bench = await openPythonBench(answerLikeSdks(), 2_000);
    });
    afterEach(() => (bench.gateway.recorded as unknown[]).splice(0));
    after(() => bench.close());

    const check = async (text: string): Promise<void> => {
      const file = bench.write('program.py', text);
      const outcome = await bench.run(equipped ?? plain, ['-W', 'ignore', file]);
      assert.deepEqual(outcome, { code: 0, output: '', errors: '' });
      assertLines(file, bench.gateway.recorded, timesIn(text));
    };
    const skipWithoutPackages = (context: Mocha.Context, { needsPackages }: Partial<PythonProgram>): void => {
      if (needsPackages === true && equipped === null) context.skip();
    };

    for (const one of pythonPrograms) {
      it(`is found ${one.name}`, function () {
        skipWithoutPackages(this, one);
        return check(one.text);
      });
    }

    for (const { name, text } of pythonPrograms.filter(({ isAsynchronous }) => isAsynchronous)) {
      it(`is found ${name}, under uvloop`, function () {
        skipWithoutPackages(this, { needsPackages: true });
        if (process.platform === 'win32') this.skip();
        return check(text.replaceAll('asyncio.run(', "__import__('uvloop').run("));
      });
    }
  });
}
