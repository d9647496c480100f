'use strict';

const { isInternalThread } = require('node:worker_threads');

const mark = Symbol.for('tollgate.hook');

/** Begins to note calls, once per thread; does nothing on Node's own loader thread, where module hooks crash. */
function start() {
  if (isInternalThread || globalThis[mark] !== undefined) return;
  const { createAdoption } = require('./adopt.cjs');
  // How the statements behind known libraries' modules reach the hook.
  Object.defineProperty(globalThis, mark, { value: createAdoption() });
  require('./clients.cjs').watchClients();
  require('./modules.cjs').watchModules();
}

module.exports = { start };
