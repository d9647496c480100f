import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lineOf } from '../hooks/program.ts';
import { openPythonBench, pythonHook, pythons, withPackages, type Python } from '../hooks/pythonProgram.ts';
import { pythonPrograms } from '../hooks/pythonPrograms.ts';
import { answerLikeSdks } from '../hooks/recordingGateway.ts';
import { judge, type Cell } from './cell.ts';
import { costRow, printLines, table } from './table.ts';

/** Prints, for each Python of this machine, which calls have their line, and what the hook costs. */
export async function printPythonMatrix(): Promise<void> {
  if (pythons.length === 0) console.log('There is no Python 3.9 or later on the path.');
  const columns = new Map<string, ReadonlyMap<string, Cell>>();
  const costs: string[][] = [['runtime', 'what', 'without', 'with', 'more']];
  for (const plain of pythons) {
    const equipped = withPackages(plain);
    columns.set(plain.name, await lines(equipped ?? plain, equipped !== null, false));
    if (equipped === null) continue;
    if (process.platform !== 'win32') columns.set(`${plain.name}, uvloop`, await lines(equipped, true, true));
    costs.push(...(await requestCosts(equipped)), ...startCosts(equipped));
  }
  printLines(columns);
  console.log(`\n${table(costs)}`);
}

/** What is found for each form of call. */
async function lines(python: Python, hasPackages: boolean, uvloop: boolean): Promise<ReadonlyMap<string, Cell>> {
  const found = new Map<string, Cell>();
  for (const { text, needsPackages, isAsynchronous } of pythonPrograms) {
    if ((needsPackages && !hasPackages) || (uvloop && !isAsynchronous)) continue;
    const bench = await openPythonBench(answerLikeSdks(), 2_000);
    const file = bench.write(
      'program.py',
      uvloop ? text.replaceAll('asyncio.run(', "__import__('uvloop').run(") : text,
    );
    const { code, errors } = await bench.run(python, ['-W', 'ignore', file]);
    if (code !== 0) console.log(errors);
    for (const one of bench.gateway.recorded) {
      if (one.mark === null) continue;
      const cell = judge(one, file, lineOf(text, one.mark));
      if (found.get(one.mark) === undefined || cell !== 'exact') found.set(one.mark, cell);
    }
    await bench.close();
  }
  return found;
}

const repetitions = 5;

async function requestCosts(python: Python): Promise<string[][]> {
  const bench = await openPythonBench();
  const file = bench.write('cost.py', readFileSync(path.join(import.meta.dirname, '../hooks/python/cost.py'), 'utf8'));
  const runs = { without: new Map<string, number[]>(), with: new Map<string, number[]>() };
  for (let run = 0; run < repetitions; run++) {
    for (const kind of ['without', 'with'] as const) {
      const { output } = await bench.run(python, [file], kind === 'with' ? {} : { PYTHONPATH: undefined });
      for (const [client, cost] of Object.entries(JSON.parse(output) as Record<string, number>))
        runs[kind].set(client, [...(runs[kind].get(client) ?? []), cost]);
    }
  }
  await bench.close();
  return [...runs.without].map(([client, without]) =>
    costRow(python, `a request, ${client}`, without, runs.with.get(client) ?? [], 'µs'),
  );
}

/** A child's start to its end, in milliseconds. */
function startCosts(python: Python): string[][] {
  const environment = { PATH: process.env.PATH };
  const hooked = { ...environment, PYTHONPATH: pythonHook, TOLLGATE_STATE: '/nowhere/gateway.json' };
  const time = (code: string, env: Record<string, string | undefined>): number => {
    const start = performance.now();
    spawnSync(python.file, ['-c', code], { env });
    return performance.now() - start;
  };
  return ['pass', 'import http.client'].map((code) => {
    const without: number[] = [];
    const withHook: number[] = [];
    for (let run = 0; run < 20; run++) {
      without.push(time(code, environment));
      withHook.push(time(code, hooked));
    }
    return costRow(python, `start, ${code}`, without, withHook, 'ms');
  });
}
