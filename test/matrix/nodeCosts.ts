import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { answerJson } from '../hooks/recordingGateway.ts';
import { openBench, runtimes, type Bench, type Runtime } from '../hooks/program.ts';
import { costRow, table } from './table.ts';

const repetitions = 5;
const starts = 15;

/** Prints what the hook costs a request and a start, in the processor's time. */
export async function printNodeCosts(): Promise<void> {
  const rows: string[][] = [['runtime', 'what', 'without', 'with', 'more']];
  for (const runtime of runtimes) {
    const bench = await openBench();
    rows.push(...(await requestCosts(runtime, bench)), ...(await startCosts(runtime, bench)));
    await bench.close();
  }
  console.log(`\n${table(rows)}`);
}

async function requestCosts(runtime: Runtime, bench: Bench): Promise<string[][]> {
  const text = readFileSync(path.join(import.meta.dirname, '../hooks/node/cost.mjs'), 'utf8');
  const file = bench.write('cost.mjs', text);
  const answering = await startAnswering(bench);
  const own = answering.variables;
  const runs = { without: new Map<string, number[]>(), with: new Map<string, number[]>() };
  for (let run = 0; run < repetitions; run++) {
    for (const kind of ['without', 'with'] as const) {
      const { output } = await bench.run(runtime, [file], kind === 'with' ? own : { ...own, NODE_OPTIONS: '' });
      for (const [client, cost] of Object.entries(JSON.parse(output) as Record<string, number>))
        runs[kind].set(client, [...(runs[kind].get(client) ?? []), cost]);
    }
  }
  answering.close();
  return [...runs.without].map(([client, without]) =>
    costRow(runtime, `a request, ${client}`, without, runs.with.get(client) ?? [], 'µs'),
  );
}

/** From the process's beginning to the end of an empty program. */
async function startCosts(runtime: Runtime, bench: Bench): Promise<string[][]> {
  const programs = {
    'a start': bench.write('empty.cjs', ''),
    'a start that imports openai': bench.write('importing.mjs', `import 'openai';\n`),
  };
  const used = bench.write(
    'used.cjs',
    `process.on('exit', () => { const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); });`,
  );
  const rows: string[][] = [];
  for (const [name, file] of Object.entries(programs)) {
    const costs = { without: [] as number[], with: [] as number[] };
    for (let run = 0; run < starts; run++) {
      for (const kind of ['without', 'with'] as const) {
        const variables = kind === 'with' ? {} : { NODE_OPTIONS: '' };
        const { output } = await bench.run(runtime, ['-r', used, file], variables);
        costs[kind].push(Number(output));
      }
    }
    rows.push(costRow(runtime, name, costs.without, costs.with, 'ms'));
  }
  return rows;
}

/** A gateway that answers and does nothing else: what it did would be felt by the program on its other processor. */
async function startAnswering({ folder, gateway }: Bench): Promise<{
  readonly variables: Readonly<Record<string, string>>;
  close(): void;
}> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answerJson(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const state = JSON.parse(readFileSync(gateway.stateFile, 'utf8')) as object;
  const file = path.join(folder, 'answering.json');
  writeFileSync(file, JSON.stringify({ ...state, port, url }));
  return {
    variables: { BASE: url, TOLLGATE_STATE: file },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
