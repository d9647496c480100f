'use strict';

/** When this thread began to load the program, in milliseconds since 1970; its files may have changed since. */
const startedAt = Date.now();
const mark = Symbol.for('tollgate.hook');

/** Begins to note calls, once per thread; does nothing on Node's own loader thread, where module hooks crash. */
function start() {
  if (mark in globalThis || isLoaderThread()) return;
  let adoption = null;
  // How the statements behind known libraries' modules reach the hook.
  Object.defineProperty(globalThis, mark, { get: () => (adoption ??= require('./adopt.cjs').createAdoption()) });
  require('./clients.cjs').watchClients(connecting);
  require('./modules.cjs').watchModules(connecting);
}

let isWatched = process.env.TOLLGATE_REROUTE === 'off';

/** The program makes connections, or is about to. */
function connecting() {
  if (isWatched) return;
  isWatched = true;
  try {
    require('./reroute.cjs').reroute();
  } catch {
    // Then they are made as ever.
  }
}

/** A program's threads have a parent to talk to. Only workers, which cannot abort, need load the module that tells. */
function isLoaderThread() {
  return process.abort.disabled === true && require('node:worker_threads').parentPort === null;
}

module.exports = { start, startedAt };
