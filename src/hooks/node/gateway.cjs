'use strict';

const { readFileSync, statSync } = require('node:fs');
const { createHosts } = require('./hosts.cjs');

// The originals: tests replace clocks.
const { now } = Date;
const { kill } = process;

const file = process.env.TOLLGATE_STATE;
const checkEvery = 1_000;
const checkAtOnceEvery = 50;

let state = null;
let stamp = '';
let checkedAt = 0;

/**
 * The gateway that listens now, as `{ pid, port, spool, hosts, ca, trusts }` (`hosts`: see `hosts.cjs`; the others as in
 * `GatewayState`), or null. The same object until something changes. Looks at the state file once a second at most;
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
  const { pid, port, spool, hosts, exclude, ca, bundle, trusts } = JSON.parse(readFileSync(file, 'utf8'));
  if (!Number.isInteger(pid) || !Number.isInteger(port) || typeof spool !== 'string') return null;
  const listed = createHosts(stringsIn(hosts), stringsIn(exclude));
  return {
    pid,
    port,
    spool,
    hosts: listed,
    ca: typeof ca === 'string' ? ca : null,
    trusts: [...stringsIn(trusts), bundle],
  };
}

function stringsIn(value) {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
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

module.exports = { gateway, leadsToGateway, now };
