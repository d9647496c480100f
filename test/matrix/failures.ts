import path from 'node:path';
import { openDetours } from '../hooks/detourStage.ts';
import { detours, runsOf, withoutPreloads } from '../hooks/detours.ts';
import { runtimes, type Outcome } from '../hooks/program.ts';
import { pythons, withPackages } from '../hooks/pythonProgram.ts';
import { table } from './table.ts';

const folder = path.resolve(import.meta.dirname, '../hooks');

/** Prints whether programs come out the same as without Tollgate, whatever is wrong. */
export async function printFailures(): Promise<void> {
  const programs = [
    ...runtimes.map(({ name, file }) => ({
      name,
      run: [file, path.join(folder, 'node/detour.mjs'), '/half', 'packages'],
    })),
    ...pythons.map((python) => {
      const equipped = withPackages(python);
      const more = equipped === null ? [] : ['packages'];
      return {
        name: python.name,
        run: [(equipped ?? python).file, path.join(folder, 'python/detour.py'), '/half', ...more],
      };
    }),
  ];
  const rows: string[][] = [['where', 'of an answer', ...programs.map(({ name }) => name), 'led']];
  const stage = await openDetours();
  for (const half of ['/half', '/half-stream']) {
    const runs = programs.map(({ run }) => run.map((part) => (part === '/half' ? half : part)));
    await stage.start();
    const expected = await runsOf(stage, runs, withoutPreloads);
    for (const { name, arrange, isLast, isUsers } of detours) {
      const before = (await stage.seen()).length;
      const variables = await arrange(stage);
      const outcomes = await runsOf(stage, runs, variables, isLast);
      const others = isUsers === true ? await runsOf(stage, runs, { ...variables, ...withoutPreloads }) : expected;
      const led = isLast === true ? '' : String((await stage.seen()).length - before);
      rows.push([name, half.slice(6) || 'body', ...outcomes.map((one, at) => compare(one, others[at])), led]);
    }
  }
  await stage.close();
  console.log(`\nPrograms whose calls are led to the gateway, compared with the same without Tollgate\n${table(rows)}`);
}

function compare(one: Outcome, other: Outcome | undefined): string {
  const comparable = (outcome?: Outcome): string => JSON.stringify(outcome).replaceAll(/\(node:\d+\)/g, '(node)');
  if (comparable(one) === comparable(other)) return 'same';
  const lines = (other?.output ?? '').split('\n');
  const differing = one.output.split('\n').filter((line, at) => line !== lines[at]);
  console.log(differing.join('\n'), one.errors);
  return `DIFFERS (${differing.map((line) => line.replace(/:.*/, '')).join(', ')})`;
}
