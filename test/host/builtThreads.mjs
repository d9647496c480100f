// Loaded by mocha before the tests on source: the gateway's threads and processes start from what was built in the same run.
import children from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';
import { startable } from './built.ts';

threads.Worker = class Worker extends threads.Worker {
  constructor(file, options) {
    super(file instanceof URL ? startable(fileURLToPath(file)) : file, options);
  }
};
const { fork } = children;
children.fork = (file, ...more) => fork(startable(file), ...more);
syncBuiltinESMExports();
