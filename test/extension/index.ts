import path from 'node:path';
import Mocha from 'mocha';

/** Runs the suite in the extension host of a real VS Code; rejects where a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    timeout: 60_000,
    retries: 1,
    reporter: path.resolve(__dirname, '../../test/host/tallyReporter.cjs'),
    ...(process.env.TOLLGATE_GREP === undefined ? {} : { grep: process.env.TOLLGATE_GREP }),
  });
  // The files register their suites with what mocha makes global.
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, 'index', mocha);
  await import('./gateway.test.ts');
  await import('./manifest.test.ts');
  await import('./catalogue.test.ts');
  await import('./terminal.test.ts');
  await import('./findings.test.ts');
  await import('./edits.test.ts');
  await import('./simulation.test.ts');
  await import('./warnings.test.ts');
  await import('./recourse.test.ts');
  await import('./credentials.test.ts');
  await import('./chat.test.ts');
  await import('./crash.test.ts');
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
