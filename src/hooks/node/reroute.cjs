'use strict';

const net = require('node:net');
const { gateway, now } = require('./gateway.cjs');

const { apply } = Reflect;
const { nextTick } = process;

/** Milliseconds for which a gateway that was not there is not asked again, unless its state file changes. */
const rests = { refused: 2_000, silent: 30_000, foreign: 30_000 };

/** Has the handle of a socket that is not connected yet replaced, as Node does where a host has several addresses. */
const reinitialize = Object.getOwnPropertySymbols(net.Socket.prototype).find(
  ({ description }) => description === 'kReinitializeHandle',
);

let tunnels = null;
let trusts = null;
let isWatching = false;
let missing = null;
let restsUntil = 0;

/** From now on, connections to the hosts that the gateway lists are made through it, as long as it is there. */
function reroute() {
  if (isWatching || reinitialize === undefined) return;
  isWatching = true;
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...parameters) {
    const target = targetOf(this, parameters);
    if (target === null) return apply(connect, this, parameters);
    lead(this, target, connect, parameters);
    return this;
  };
}

/** Where a connection is to lead by way of the gateway, as `{ state, host, port, options, context, callback }`, or null. */
function targetOf(socket, parameters) {
  try {
    const state = gateway(false);
    if (state === null || state.hosts.isEmpty || state.pid === process.pid) return null;
    const { options, callback } = read(parameters);
    if (options === null || options.path || socket._handle?.fd > 0 || socket._parent) return null;
    const host = options.host || 'localhost';
    const port = Number(options.port);
    const isSecure = socket.encrypted === true;
    if (typeof host !== 'string' || (port === state.port && !isSecure)) return null;
    if (!state.hosts.has(host, port, isSecure)) return null;
    if (process.env.TOLLGATE_REROUTE === 'off' || isMissing(state)) return null;
    const target = { state, host, port, options, callback, context: null };
    if (!isSecure) return options.lookup || options.localAddress || options.localPort ? null : target;
    // A server's side of TLS is no client, and what wraps another connection does not connect.
    if (state.ca === null || socket._tlsOptions?.isServer !== false) return null;
    const { NODE_EXTRA_CA_CERTS: more } = process.env;
    // Whom this program trusts, the gateway might not.
    if (more && !state.trusts.includes(more)) return null;
    trusts ??= require('./trust.cjs');
    if (!trusts.isOrdinary(options, host)) return null;
    const context = trusts.contextFor(options, state.ca);
    return context === null ? null : { ...target, context };
  } catch {
    return null;
  }
}

/** The forms in which a socket is told where to connect to: options, a port and a host, or an array of the two. */
function read(parameters) {
  const [first, second] = Array.isArray(parameters[0]) ? parameters[0] : parameters;
  const last = Array.isArray(parameters[0]) ? second : parameters.findLast((one) => typeof one === 'function');
  const callback = typeof last === 'function' ? last : null;
  if (typeof first === 'object' && first !== null) return { options: first, callback };
  if (!/^\d+$/.test(String(first))) return { options: null, callback };
  return { options: { port: Number(first), host: typeof second === 'string' ? second : undefined }, callback };
}

function isMissing(state) {
  return missing === state && now() < restsUntil;
}

/** As `connect`, a moment later, when it is known whether the gateway leads there. */
function lead(socket, { state, host, port, options, context, callback }, connect) {
  tunnels ??= require('./tunnel.cjs');
  if (callback !== null) socket.once('connect', callback);
  const giveUp = tunnels.openTunnel(connect, state.port, host, port, context !== null, (tunnel, why) => {
    socket.removeListener('close', giveUp);
    if (socket.destroyed) {
      tunnel?.destroy();
      return;
    }
    if (tunnel !== null && adopt(socket, tunnel, options, context)) return;
    if (why in rests) {
      missing = state;
      restsUntil = now() + rests[why];
    }
    socket.connecting = false;
    goDirect(socket, connect, options);
  });
  socket.once('close', giveUp);
  socket.connecting = true;
  socket._unrefTimer();
}

function goDirect(socket, connect, options) {
  try {
    apply(connect, socket, [options]);
  } catch (error) {
    nextTick(() => socket.destroy(error));
  }
}

/** Has the socket be the tunnel's end, connected. @returns false where that cannot be, and nothing was changed. */
function adopt(socket, tunnel, options, context) {
  const handle = tunnel._handle;
  if (!handle) return false;
  handle.readStop();
  handle.reading = false;
  tunnel._handle = null;
  tunnel.destroy();
  const { ending, ended, finalCalled, prefinished } = socket._writableState;
  const isHeld = (socket._handle?._parent ?? socket._handle)?.hasRef?.() !== false;
  if (context !== null) socket._tlsOptions.secureContext = context;
  socket[reinitialize](handle);
  // Closing the handle before took that away.
  if (context !== null) socket.ssl = socket._handle;
  Object.assign(socket._writableState, { ending, ended, finalCalled, prefinished });
  if (context !== null && options.servername) socket.setServername(options.servername);
  if (!isHeld) socket.unref();
  socket.connecting = false;
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  if (socket.readable && !socket.isPaused()) socket.read(0);
  return true;
}

module.exports = { reroute };
