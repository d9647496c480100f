import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cache, root, vsix } from './paths.ts';
import { run } from './run.ts';
import { failed, passed, readTally, type Tally } from './tally.ts';

/** A part of `npm test`. */
export interface Stage {
  readonly name: string;
  /** What `--only` calls it. */
  readonly group: 'package' | 'checks' | 'source' | 'extension' | 'workbench';
  run(): Promise<Tally>;
}

/** Files at a time: tests on source wait a lot for one another's processes, editors and browsers want whole processors. */
const lanes = { source: '3', workbench: '2' } as const;

const vsixLimit = 2 * 1024 * 1024;

/** A program from node_modules, under this Node. Its output is shown only if it fails. */
export function check(name: string, script: string, ...args: readonly string[]): Stage {
  return { name, group: 'checks', run: () => quietly(script, args) };
}

/** Builds everything for shipping and packs the `.vsix` that later stages install. */
export const packageStage: Stage = {
  name: 'build and package',
  group: 'package',
  run: async () => {
    const vsce = 'node_modules/@vscode/vsce/vsce';
    const tally = await quietly(vsce, ['package', '--no-dependencies', '--out', vsix]);
    if (tally.failed > 0) return tally;
    const { size } = await stat(vsix);
    console.log(`  ${path.relative(root, vsix)}: ${String(Math.ceil(size / 1024))} KB`);
    if (size < vsixLimit) return passed;
    console.log(`  The limit is ${String(vsixLimit / 1024)} KB.`);
    return failed;
  },
};

/**
 * Mocha over source files, some files at a time in processes of their own. `more` goes to mocha, as `--grep`; `environment` is added to theirs. A test that
 * fails is tried once more, on a machine that is by then less busy, and is named in the report.
 */
export function mochaStage(
  name: string,
  group: keyof typeof lanes,
  patterns: readonly string[],
  more: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Stage {
  return {
    name,
    group,
    run: () =>
      withTallyFile(async (file) => {
        const reporter = path.join(root, 'test/host/tallyReporter.cjs');
        const args = [
          'node_modules/mocha/bin/mocha.js',
          '--reporter',
          reporter,
          ...parallel(group),
          ...more,
          ...patterns,
        ];
        const { code } = await run(process.execPath, args, {
          cwd: root,
          // Every gateway of a test strips and compiles the same sources, on several threads.
          env: {
            NODE_COMPILE_CACHE: path.join(cache, 'compiled'),
            ...process.env,
            ...environment,
            TOLLGATE_TALLY: file,
          },
          show: true,
        });
        return settle(await readTally(file), code);
      }),
  };
}

/** Gives the file that `tallyReporter.cjs` writes to. */
export async function withTallyFile(use: (file: string) => Promise<Tally>): Promise<Tally> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tollgate-tally-'));
  try {
    return await use(path.join(folder, 'tally.json'));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A run that ended badly counts as a failure even where every test it got to passed. */
export function settle(tally: Tally | null, code: number): Tally {
  if (tally === null) return failed;
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function quietly(script: string, args: readonly string[]): Promise<Tally> {
  const { code, output } = await run(process.execPath, [path.join(root, script), ...args], { cwd: root });
  if (code === 0) return passed;
  console.log(output.trimEnd());
  return failed;
}

function parallel(group: keyof typeof lanes): readonly string[] {
  return ['--parallel', '--jobs', lanes[group], '--retries', '1'];
}
