import { cpSync } from 'node:fs';
import path from 'node:path';
import { nodePrograms, stranger, toCommonJs, type NodeProgram } from '../hooks/nodePrograms.ts';
import { lineOf, openBench, runtimes, type Runtime } from '../hooks/program.ts';
import { answerLikeSdks, type Recorded } from '../hooks/recordingGateway.ts';
import { judge, keepWorst, type Cell } from './cell.ts';
import { printNodeCosts } from './nodeCosts.ts';
import { printNodeForms } from './nodeForms.ts';
import { printLines } from './table.ts';

/** How a program is written down and run. */
interface Form {
  readonly name: string;
  readonly file: string;
  readonly toText: (text: string) => string;
  readonly parameters: readonly string[];
  readonly runs: (runtime: Runtime) => boolean;
}

const asIs = (text: string): string => text;
const always = (): boolean => true;
const forms: readonly Form[] = [
  { name: 'ESM', file: 'program.mjs', toText: asIs, parameters: [], runs: always },
  { name: 'CJS', file: 'program.cjs', toText: toCommonJs, parameters: [], runs: ({ major }) => major >= 22 },
  {
    name: 'TS',
    file: 'program.mts',
    toText: asIs,
    parameters: ['--disable-warning=ExperimentalWarning'],
    runs: ({ major }) => major >= 23,
  },
  { name: 'node:test', file: 'program.test.mjs', toText: asTest, parameters: ['--test'], runs: always },
];

/** Prints, for each Node of this machine, which calls have their line, and what the hook costs. */
export async function printNodeMatrix(): Promise<void> {
  const columns = new Map<string, ReadonlyMap<string, Cell>>();
  for (const runtime of runtimes) {
    for (const form of forms.filter(({ runs }) => runs(runtime)))
      columns.set(`${runtime.name.replace(/\..*/, '')} ${form.name}`, await lines(runtime, form));
  }
  printLines(columns);
  await printNodeForms();
  await printNodeCosts();
}

/** What is found for each form of call; of calls that are made twice, the second time. */
async function lines(runtime: Runtime, form: Form): Promise<ReadonlyMap<string, Cell>> {
  const found = new Map<string, Cell>();
  for (const program of nodePrograms) {
    const bench = await openBench(answerLikeSdks(), 1_000);
    cpSync(stranger, path.join(bench.folder, 'app/node_modules/stranger'), { recursive: true });
    const text = form.toText(program.text);
    const file = bench.write(`app/${form.file}`, text);
    const { code, output, errors } = await bench.run(runtime, [...form.parameters, file]);
    if (code !== 0) console.log(`${runtime.name}, ${form.name}: ${output}${errors}`);
    for (const one of bench.gateway.recorded) note(found, one, program, judge(one, file, lineOf(text, one.mark ?? '')));
    await bench.close();
  }
  return found;
}

function note(found: Map<string, Cell>, { mark, path: at }: Recorded, { warmsUp }: NodeProgram, cell: Cell): void {
  if (mark === null || (warmsUp && at.startsWith('/first/') && cell !== 'WRONG')) return;
  const name = warmsUp ? `stranger ${mark}` : mark;
  keepWorst(found, name, cell);
}

/** Static imports stay where they are; all else becomes the body of one test. */
function asTest(text: string): string {
  const at = text.lastIndexOf('\nimport ');
  const end = text.indexOf('\n', at + 1);
  const head = `${text.slice(0, end)} import { test } from 'node:test'; test('calls', async () => {`;
  return `${head}${text.slice(end)}\n});\n`;
}
