'use strict';

const mark = Symbol.for('tollgate.hook');

/** Begins to note calls, once per thread; does nothing on Node's own loader thread, where module hooks crash. */
function start() {
  if (mark in globalThis || (isWorker() && require('node:worker_threads').isInternalThread)) return;
  let adoption = null;
  // How the statements behind known libraries' modules reach the hook.
  Object.defineProperty(globalThis, mark, { get: () => (adoption ??= require('./adopt.cjs').createAdoption()) });
  require('./clients.cjs').watchClients();
  require('./modules.cjs').watchModules();
}

/** Without loading `worker_threads`, which takes as long as the rest together. Workers cannot abort the process. */
function isWorker() {
  return process.abort.disabled === true;
}

module.exports = { start };
