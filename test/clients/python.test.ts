import assert from 'node:assert/strict';
import path from 'node:path';
import { stage, vendors } from '../ai/stage.ts';
import { closeAll } from '../gateway/support.ts';
import { pythons, withPackages } from '../hooks/pythonProgram.ts';
import { run } from '../host/run.ts';
import { byWhatIsAsked } from './vendorScript.ts';

const models = [vendors.openai.model, vendors.anthropic.model, vendors.gemini.model];

interface Outcome {
  readonly title: string;
  readonly error: string | null;
}

for (const [name, program, least] of [
  ['OpenAI', 'openai_sdk.py', 13],
  ['Anthropic', 'anthropic_sdk.py', 7],
] as const)
  describe(`The SDK of ${name} for Python, with a base URL and a key:`, function () {
    this.timeout(600_000);
    const outcomes: Outcome[] = [];

    before(async function () {
      const [newest] = pythons;
      if (newest === undefined) console.log('      (Python is not installed)');
      const python = newest === undefined ? null : withPackages(newest);
      if (python === null) this.skip();
      const on = await stage();
      byWhatIsAsked(on, ['openai', 'anthropic', 'gemini']);
      const args = [path.join(import.meta.dirname, program), on.gateway.url, on.gateway.programKey, models.join(',')];
      const { code, output } = await run(python.file, args);
      for (const line of output.split('\n'))
        if (line.startsWith('{"title"')) outcomes.push(JSON.parse(line) as Outcome);
      assert.equal(code, 0, output);
      for (const { title, error } of outcomes) console.log(`      ${error === null ? '✔' : '✖'} ${title}`);
    });
    after(closeAll);

    it('does all that is asked of it', () => {
      assert.ok(outcomes.length >= least, `${String(outcomes.length)} checks`);
      const failed = outcomes.flatMap(({ title, error }) => (error === null ? [] : [`${title}\n${error}`]));
      assert.equal(failed.join('\n'), '');
    });
  });
