import assert from 'node:assert/strict';
import path from 'node:path';
import { openDetours, type DetourStage } from './detourStage.ts';
import { detours, runsOf, withoutPreloads } from './detours.ts';
import { runtimes } from './program.ts';
import { pythons } from './pythonProgram.ts';

const programs = [
  ...runtimes.slice(-1).map(({ file }) => [file, path.join(import.meta.dirname, 'node/detour.mjs'), '/half']),
  ...pythons.slice(0, 1).map(({ file }) => [file, path.join(import.meta.dirname, 'python/detour.py'), '/half']),
];

describe('A program whose calls are led to the gateway comes out the same as without', function () {
  this.timeout(120_000);
  let stage: DetourStage;
  let expected: Awaited<ReturnType<typeof runsOf>>;
  before(async () => {
    stage = await openDetours();
    expected = await runsOf(stage, programs, withoutPreloads);
    for (const { code, output, errors } of expected) {
      assert.equal(code, 0, errors);
      assert.match(output, /half: cut off\r?\nafter: /);
    }
  });
  after(() => stage.close());

  for (const { name, arrange, isLed, isLast } of detours.filter(({ isCore }) => isCore)) {
    it(`where ${name}`, async () => {
      const variables = await arrange(stage);
      assert.deepEqual(await runsOf(stage, programs, variables, isLast), expected);
      if (isLed === true) assert.ok((await stage.seen()).includes('/after'));
    });
  }
});
