'use strict';

const diagnostics = require('node:diagnostics_channel');

const { nextTick } = process;
const { apply } = Reflect;

// Most programs never call: what a call takes is loaded with the first.
let loaded = null;
const parts = () => (loaded ??= { ...require('./callers.cjs'), ...require('./spool.cjs') });
let looker = null;
const gateway = () => (looker ??= require('./gateway.cjs')).gateway(false);

/** Who made a request, until it is sent. */
const makers = new WeakMap();
/** How many requests a connection has carried. */
const counts = new WeakMap();
// Channels live only as long as somebody holds them (before Node 18.7).
const channels = [];

/**
 * Has the clients that come with Node, and npm's undici, note their calls to the gateway. `connecting()` hears of
 * connections that are about to be made by what Node holds itself.
 */
function watchClients(connecting) {
  watchFetch();
  watchUndici(connecting);
  watchHttp2();
  watchHttp();
}

function listen(name, listener) {
  const channel = diagnostics.channel(name);
  channels.push(channel);
  channel.subscribe((message) => {
    try {
      listener(message);
    } catch {
      // The program must not notice.
    }
  });
}

/** `fetch` sends from a later microtask, where its caller is out of sight. */
function watchFetch() {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  const original = descriptor?.value;
  if (typeof original !== 'function') return;
  function fetch(input, init) {
    const record = callerOfFetch(input, init, fetch);
    return record === null ? apply(original, this, arguments) : parts().runAs(record, original, this, arguments);
  }
  for (const key of ['name', 'length'])
    Object.defineProperty(fetch, key, Object.getOwnPropertyDescriptor(original, key));
  Object.defineProperty(globalThis, 'fetch', { ...descriptor, value: fetch });
}

function callerOfFetch(input, init, above) {
  try {
    const state = gateway();
    if (state === null) return null;
    const url = typeof input === 'string' ? input : String(input?.href ?? input?.url);
    if (!mayLeadTo(state, url)) return null;
    const record = parts().remember(above, parts().undici);
    if (init?.dispatcher === undefined) record.url = url;
    return record;
  } catch {
    return null;
  }
}

const origin = /^(http|https):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?/;

/** By the port alone, as names other than localhost may lead there, or by a host that is led there. */
function mayLeadTo(state, url) {
  if (url.includes(`:${state.port}`)) return true;
  if (state.hosts.isEmpty) return false;
  const [, scheme, host, port] = origin.exec(url) ?? [];
  if (host === undefined) return false;
  const isSecure = scheme === 'https';
  return state.hosts.has(host, port === undefined ? (isSecure ? 443 : 80) : Number(port), isSecure);
}

function watchUndici(connecting) {
  listen('undici:client:beforeConnect', connecting);
  listen('undici:request:create', function created({ request }) {
    if (gateway() !== null) makers.set(request, parts().makerOf(request, created));
  });
  listen('undici:client:sendHeaders', ({ request, socket }) => {
    note(socket, request.method, request.path, makers.get(request));
  });
}

/** From Node 22.12 on. Streams are numbered as requests are counted; undici's come out of its queue, from anywhere. */
function watchHttp2() {
  const makerOf = (stream, above) => {
    if (makers.has(stream) || gateway() === null) return;
    const record = parts().remember(above);
    makers.set(stream, parts().isOfUndici(record) ? null : record);
  };
  listen('http2.client.stream.created', function created({ stream }) {
    makerOf(stream, created);
  });
  // That comes first where the connection is there.
  listen('http2.client.stream.start', function starts({ stream, headers }) {
    makerOf(stream, starts);
    const record = makers.get(stream) ?? null;
    if (record !== null) report(stream.session.socket, (stream.id + 1) / 2, ...targetIn(headers), record);
  });
}

/** Method and path of a request; headers may be a list. */
function targetIn(headers) {
  const of = (name) => (Array.isArray(headers) ? headers[headers.indexOf(name) + 1] : headers[name]);
  return [of(':method') ?? 'GET', of(':path') ?? '/'];
}

/** From Node 22.12 on a channel tells of each new request; before, only the agent that is to send it. */
function watchHttp() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const hasChannel = major > 22 || (major === 22 && minor >= 12);
  if (!hasChannel) {
    const { Agent } = require('node:http');
    const { addRequest } = Agent.prototype;
    Agent.prototype.addRequest = function queueing(request) {
      keepMaker(request, queueing);
      return apply(addRequest, this, arguments);
    };
    watchSockets();
    return;
  }
  let watches = false;
  listen('http.client.request.created', function created({ request }) {
    keepMaker(request, created);
    if (watches) return;
    watches = true;
    // Not before: to load http costs a program that never calls more than all else here.
    watchSockets();
    nextTick(assigned, request, null);
  });
}

function keepMaker(request, above) {
  try {
    if (gateway() !== null) makers.set(request, parts().remember(above));
  } catch {
    // The program must not notice.
  }
}

/** Learns of each connection that is given a request. */
function watchSockets() {
  const { ClientRequest } = require('node:http');
  const { onSocket } = ClientRequest.prototype;
  ClientRequest.prototype.onSocket = function (socket, error) {
    // Runs right before the request is written: until then it may be given up, and the connection go to another.
    if (socket && !error) nextTick(assigned, this, socket);
    return apply(onSocket, this, arguments);
  };
}

function assigned(request, given) {
  try {
    const socket = given ?? request.socket;
    if (socket && !request.destroyed) note(socket, request.method, request.path, makers.get(request));
  } catch {
    // The program must not notice.
  }
}

function note(socket, method, path, record) {
  const ordinal = (counts.get(socket) ?? 0) + 1;
  counts.set(socket, ordinal);
  if (record === undefined) return;
  if (socket.connecting) socket.prependOnceListener('connect', () => report(socket, ordinal, method, path, record));
  else report(socket, ordinal, method, path, record);
}

function report(socket, ordinal, method, path, record) {
  try {
    if (!looker.leadsToGateway(socket)) return;
    const known = { port: socket.localPort, ordinal, method, path };
    // What a library put off is judged once all is known that it sends together.
    if (parts().isPutOff(record)) nextTick(conclude, known, record);
    else conclude(known, record);
  } catch {
    // The program must not notice.
  }
}

function conclude(known, record) {
  try {
    const found = parts().resolve(record, `${known.method} ${known.path.replace(/[?#].*$/, '')}`);
    // Without a line there still is the process.
    parts().write({ ...known, test: record.test ?? record.parent?.test, ...(found ?? { how: 'async', frames: [] }) });
  } catch {
    // The program must not notice.
  }
}

module.exports = { watchClients };
