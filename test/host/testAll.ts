import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { builtVariable } from './built.ts';
import { extensionStage } from './extensionSuite.ts';
import { cache } from './paths.ts';
import { prepare } from './prepare.ts';
import { check, mochaStage, packageStage, type Stage } from './stages.ts';
import { failed, sum, type Tally } from './tally.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    grep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const grep = values.grep === undefined ? [] : ['--grep', values.grep];

const stages: readonly Stage[] = [
  packageStage,
  check('lint', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  check('types', 'node_modules/typescript-native/bin/tsc', '--noEmit'),
  check('types of the webview', 'node_modules/typescript-native/bin/tsc', '--noEmit', '-p', 'webview'),
  check('format', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'),
  check('unused code', 'node_modules/knip/bin/knip.js'),
  mochaStage(
    'tests on source',
    'source',
    ['test/{unit,gateway,ai,hooks,cli,webview,requests,demo}/**/*.test.ts'],
    ['--require', './test/host/builtThreads.mjs', ...grep],
    // Without a build of this very run, all starts from source.
    values.only.length === 0 || values.only.includes('package') ? { [builtVariable]: '1' } : {},
  ),
  extensionStage(values.grep),
  mochaStage('the workbench', 'workbench', ['test/workbench/**/*.test.ts'], ['--timeout', '240000', ...grep]),
];
const groups = [...new Set(stages.map((stage) => stage.group))];

interface Result {
  readonly stage: Stage;
  readonly tally: Tally;
  /** How long it took. */
  readonly seconds: number;
}

if (values.help) {
  console.log(`npm test -- [--only GROUP]… [--grep PATTERN]\nGroups: ${groups.join(', ')}`);
} else {
  await main();
}

async function main(): Promise<void> {
  const unknown = values.only.find((name) => !groups.some((group) => group === name));
  if (unknown !== undefined) throw new Error(`There is no group "${unknown}"; there are ${groups.join(', ')}.`);
  await mkdir(cache, { recursive: true });
  const chosen = stages.filter((stage) => values.only.length === 0 || values.only.includes(stage.group));
  const results: Result[] = [];
  const prepared = prepare(chosen);
  for (const group of groups) {
    if (group !== 'package' && group !== 'checks') await prepared;
    const members = chosen.filter((stage) => stage.group === group);
    // Programs that only read the sources share the processors; tests want them for themselves.
    results.push(...(await inLanes(members, group === 'checks' ? 2 : 1)));
    // What follows runs the build.
    if (group === packageStage.group && results.some(({ tally }) => tally.failed > 0)) break;
  }
  console.log('\nSummary');
  for (const { stage, tally, seconds } of results) {
    const skipped = tally.skipped === 0 ? '' : `, ${String(tally.skipped)} skipped`;
    const counts = `${String(tally.passed)} passed, ${String(tally.failed)} failed${skipped}`;
    console.log(`  ${stage.name.padEnd(24)} ${counts.padEnd(40)} ${seconds.toFixed(1).padStart(6)} s`);
  }
  const left = chosen.filter((stage) => !results.some((result) => result.stage === stage)).map((stage) => stage.name);
  if (left.length > 0) console.log(`  Not run, for want of a build: ${left.join(', ')}`);
  const total = sum(results.map(({ tally }) => tally));
  if (total.skipped > 0) console.log(`${String(total.skipped)} skipped (each says why above)`);
  console.log(`${String(total.passed)} passed, ${String(total.failed)} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** Runs stages, so many at a time, and gives what became of them in their order. */
async function inLanes(members: readonly Stage[], lanes: number): Promise<readonly Result[]> {
  const results = new Map<Stage, Result>();
  const waiting = [...members];
  const lane = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      console.log(`\n▸ ${stage.name}`);
      const start = performance.now();
      const tally = await stage.run().catch((error: unknown) => {
        console.error(error);
        return failed;
      });
      const seconds = (performance.now() - start) / 1000;
      results.set(stage, { stage, tally, seconds });
      console.log(
        `  ${lanes > 1 ? `${stage.name}: ` : ''}${tally.failed === 0 ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s`,
      );
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return members.flatMap((stage) => results.get(stage) ?? []);
}
