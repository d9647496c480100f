import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { lineOf, openBench, runtimes, type Bench, type Runtime } from '../hooks/program.ts';
import { answerLikeSdks } from '../hooks/recordingGateway.ts';
import { judge, keepWorst, type Cell } from './cell.ts';
import { typedForms, type TypedForm } from './forms.ts';
import { matrixPackages, matrixPrograms } from './packages.ts';
import { printLines } from './table.ts';

/** Hosts of vendors whose SDKs take no other. */
const hosts = ['api.twilio.com', 'bedrock-runtime.us-east-1.amazonaws.com'];

/** Prints which calls have their line in programs that are compiled, bundled and tested, and of SDKs that no rule knows. */
export async function printNodeForms(wanted?: string): Promise<void> {
  const packages = matrixPackages();
  if (packages === null) return;
  const text = readFileSync(path.join(matrixPrograms, 'typed.ts'), 'utf8');
  for (const runtime of runtimes) {
    const columns = new Map<string, ReadonlyMap<string, Cell>>();
    for (const form of typedForms.filter(
      ({ name, runs }) => runs(runtime) && (wanted === undefined || name === wanted),
    ))
      columns.set(form.name, await formLines(runtime, form, text, packages));
    console.log(`\n${runtime.name}, by the way a program in TypeScript comes to run`);
    printLines(columns);
  }
  if (wanted !== undefined && wanted !== 'vendors') return;
  const vendors = new Map<string, ReadonlyMap<string, Cell>>();
  for (const runtime of runtimes) vendors.set(runtime.name.replace(/\..*/, ''), await vendorLines(runtime, packages));
  console.log('\nSDKs that no rule knows, the second time');
  printLines(vendors);
}

async function formLines(
  runtime: Runtime,
  form: TypedForm,
  text: string,
  packages: string,
): Promise<ReadonlyMap<string, Cell>> {
  const bench = await openBench(answerLikeSdks(), 1_000);
  const { source, parameters, variables = {} } = await form.prepare(bench, text, packages);
  const { code, output, errors } = await bench.run(runtime, parameters, variables);
  if (code !== 0) console.log(`${runtime.name}, ${form.name}: ${output}${errors}`);
  return close(bench, source);
}

async function vendorLines(runtime: Runtime, packages: string): Promise<ReadonlyMap<string, Cell>> {
  const whole = readFileSync(path.join(matrixPrograms, 'vendors.mjs'), 'utf8');
  const all = new Map<string, Cell>();
  for (const text of splitVendors(whole)) {
    const bench = await openBench(answerLikeSdks(), 1_000, hosts);
    mkdirSync(path.join(bench.folder, 'app'));
    symlinkSync(packages, path.join(bench.folder, 'app/node_modules'), 'junction');
    const file = bench.write('app/program.mjs', text);
    const { code, output, errors } = await bench.run(runtime, ['--no-warnings', file]);
    if (code !== 0) console.log(`${runtime.name}: ${output}${errors}`);
    for (const [mark, cell] of await close(bench, file)) all.set(mark, cell);
  }
  return all;
}

/** A program for each vendor: what one call taught is not to help another. */
function splitVendors(whole: string): readonly string[] {
  const [head = '', ...blocks] = whole.split('\n\n');
  return blocks.map((block) => `${head}\n\n${block}\n`);
}

/** Of calls that are made twice, the second time counts, unless the first was told wrong. */
async function close(bench: Bench, source: string): Promise<ReadonlyMap<string, Cell>> {
  const { gateway } = bench;
  const text = readFileSync(source, 'utf8');
  const found = new Map<string, Cell>();
  const seen = new Set<string>();
  for (const one of gateway.recorded) {
    if (one.mark === null) continue;
    const cell = judge(one, source, lineOf(text, one.mark));
    const isFirst = !seen.has(one.mark) && gateway.recorded.filter(({ mark }) => mark === one.mark).length > 1;
    seen.add(one.mark);
    if (!isFirst || cell === 'WRONG') keepWorst(found, one.mark, cell);
  }
  for (const [, mark = ''] of text.matchAll(/mark-(\w+)/g)) if (!seen.has(mark)) found.set(mark, 'not made');
  await bench.close();
  return found;
}
