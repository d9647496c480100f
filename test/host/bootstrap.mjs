// The first step of `npm start`, `npm test`, `npm run bench` and `npm run test:electron`.
// Runs on Node 20 with nothing installed: installs the dependencies, finds Node 24, and hands over to it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { findNode24 } from './node24.mjs';

/** What each command runs under Node 24. */
const commands = {
  start: 'test/host/start.ts',
  test: 'test/host/testAll.ts',
  electron: 'test/host/electron.ts',
  bench: 'test/bench/bench.ts',
  fuzz: 'test/bench/fuzz.ts',
  activation: 'test/bench/activation.ts',
  benchLog: 'test/bench/logBench.ts',
  accuracy: 'test/accuracy/accuracy.ts',
  matrix: 'test/matrix/matrix.ts',
  models: 'test/models/generate.ts',
  benchAi: 'test/bench/aiFormats.ts',
};
const root = path.resolve(import.meta.dirname, '../..');

async function main() {
  const [command = '', ...rest] = process.argv.slice(2);
  const script = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (script === undefined) {
    throw new Error(`Unknown command "${command}". Known: ${Object.keys(commands).join(', ')}.`);
  }
  await ensureDependencies(root);
  const node = await findNode24(root);
  process.exitCode = await handOver(node, [path.join(root, script), ...rest]);
}

/** @returns the exit code. Signals reach the child by the terminal's process group, or are passed on. */
function handOver(node, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    const pass = (signal) => () => child.kill(signal);
    const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, pass(signal)]);
    for (const [signal, listener] of listeners) process.on(signal, listener);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const [name, listener] of listeners) process.off(name, listener);
      resolve(signal === null ? (code ?? 1) : 1);
    });
  });
}

main().catch((error) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
