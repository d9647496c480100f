'use strict';

const net = require('node:net');
const { canonical } = require('./hosts.cjs');

/** Milliseconds. One that does not answer at once is not there. */
const patience = 1_000;
const longestReply = 16 * 1024;

/**
 * Asks the gateway on a port for a way to `host:port`, by CONNECT, for TLS where `isSecure`. `done(socket)`: it leads there; or null, and why not:
 * `refused` (nobody listens), `silent`, `foreign` (no HTTP), `declined` (this host). Never throws. `connect`: Node's own.
 * @returns a function that gives up.
 */
function openTunnel(connect, gatewayPort, host, port, isSecure, done) {
  const socket = new net.Socket();
  let reply = '';

  const end = (why) => {
    socket.removeAllListeners();
    // What still comes of it is nobody's business.
    socket.on('error', () => {});
    if (why === null) {
      socket.setTimeout(0);
      socket.pause();
      done(socket, null);
      return;
    }
    socket.destroy();
    if (why !== 'given up') done(null, why);
  };

  socket.setTimeout(patience, () => end('silent'));
  socket.on('error', ({ code }) => end(code === 'ECONNREFUSED' ? 'refused' : 'foreign'));
  socket.on('end', () => end('foreign'));
  socket.on('close', () => end('foreign'));
  socket.on('connect', () => {
    const authority = `${canonical(host)}:${port}`;
    socket.setNoDelay(true);
    const hesitant = `x-tollgate-hesitant: ${isSecure ? 'tls' : 'plain'}`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${hesitant}\r\n\r\n`);
  });
  socket.on('data', (bytes) => {
    reply += bytes.toString('latin1');
    const head = reply.indexOf('\r\n\r\n');
    if (head === -1) {
      if (!reply.startsWith('HTTP/1.'.slice(0, reply.length)) || reply.length > longestReply) end('foreign');
    } else if (!/^HTTP\/1\.[01] \d{3}\b/.test(reply)) end('foreign');
    else if (!/^HTTP\/1\.[01] 2/.test(reply)) end(/\r\nx-tollgate-/i.test(reply) ? 'declined' : 'foreign');
    // Who speaks first there speaks no HTTP.
    else end(reply.length === head + 4 ? null : 'foreign');
  });
  try {
    Reflect.apply(connect, socket, [{ host: '127.0.0.1', port: gatewayPort }]);
  } catch {
    process.nextTick(end, 'foreign');
  }
  return () => end('given up');
}

module.exports = { openTunnel };
