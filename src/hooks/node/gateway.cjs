'use strict';

const { readFileSync, statSync } = require('node:fs');

// The originals: tests replace clocks.
const { now } = Date;
const { kill } = process;

/** When this thread began to load the program; its files may have changed since. */
const startedAt = now();

const file = process.env.TOLLGATE_STATE;
const checkEvery = 1_000;
const checkAtOnceEvery = 50;

let state = null;
let stamp = '';
let checkedAt = 0;

/**
 * The gateway that listens now, as `{ port, spool }`, or null. Looks at the state file once a second at most;
 * `atOnce` (after meeting a loopback port that it does not know) looks again nearly at once.
 */
function gateway(atOnce) {
  const time = now();
  if (time - checkedAt < (atOnce ? checkAtOnceEvery : checkEvery)) return state;
  checkedAt = time;
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    const found = stat === undefined ? '' : `${stat.mtimeMs} ${stat.ino} ${stat.size}`;
    if (found !== stamp) {
      state = found === '' ? null : read();
      stamp = found;
    }
    if (state !== null && !isAlive(state.pid)) {
      state = null;
      stamp = '';
    }
  } catch {
    state = null;
    stamp = '';
  }
  return state;
}

function read() {
  const { pid, port, spool } = JSON.parse(readFileSync(file, 'utf8'));
  return Number.isInteger(pid) && Number.isInteger(port) && typeof spool === 'string' ? { pid, port, spool } : null;
}

function isAlive(pid) {
  try {
    kill.call(process, pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether a connected socket leads to the gateway. */
function leadsToGateway(socket) {
  const { remotePort, remoteAddress } = socket;
  if (typeof remotePort !== 'number' || typeof remoteAddress !== 'string' || !isLoopback(remoteAddress)) return false;
  return gateway(false)?.port === remotePort || gateway(true)?.port === remotePort;
}

function isLoopback(address) {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}

module.exports = { gateway, leadsToGateway, now, startedAt };
