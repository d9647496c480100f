'use strict';

const { readFileSync, statSync } = require('node:fs');
const tls = require('node:tls');

/** What a program may say of its own about whom it trusts and who it is; then it is left alone. */
const own = ['ca', 'cert', 'key', 'pfx', 'crl', 'secureContext', 'pskCallback', 'lookup', 'localAddress', 'localPort'];
/** What else becomes part of a context. */
const particular = [
  ...['minVersion', 'maxVersion', 'secureProtocol', 'secureOptions', 'sigalgs', 'ecdhCurve', 'dhparam', 'passphrase'],
  ...['honorCipherOrder', 'sessionIdContext', 'ticketKeys', 'clientCertEngine', 'privateKeyEngine'],
  ...['privateKeyIdentifier', 'allowPartialTrustChain'],
];

let authority = null;
let plain = null;

/** Whether a TLS connection with these options (of `tls.connect`) is one that trusts as Node does and speaks HTTP. */
function isOrdinary(options, host) {
  if (own.some((name) => options[name] !== undefined && options[name] !== null)) return false;
  const { checkServerIdentity: check, servername, ALPNProtocols: protocols } = options;
  if (check !== undefined && check !== tls.checkServerIdentity) return false;
  if (servername && servername.toLowerCase() !== host.toLowerCase()) return false;
  return !protocols || /h2|http\/1\.1/.test(Buffer.isBuffer(protocols) ? protocols.toString() : String(protocols));
}

/** A context for one connection that is led to the gateway: it trusts the gateway's authority and nobody else. Null without one. */
function contextFor(options, file) {
  const pem = read(file);
  if (pem === null) return null;
  const isPlain =
    (options.ciphers === undefined || options.ciphers === tls.DEFAULT_CIPHERS) &&
    particular.every((name) => options[name] === undefined);
  if (!isPlain) return trusting(options, pem);
  const defaults = `${tls.DEFAULT_CIPHERS} ${tls.DEFAULT_MIN_VERSION} ${tls.DEFAULT_MAX_VERSION} ${tls.DEFAULT_ECDH_CURVE}`;
  if (plain?.pem !== pem || plain.defaults !== defaults) plain = { pem, defaults, context: trusting({}, pem) };
  return plain.context;
}

function trusting(options, pem) {
  return tls.createSecureContext({ ...options, ca: pem });
}

function read(file) {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    const stamp = `${file} ${mtimeMs} ${size} ${ino}`;
    if (authority?.stamp !== stamp) authority = { stamp, pem: readFileSync(file, 'utf8') };
    return authority.pem;
  } catch {
    return null;
  }
}

module.exports = { contextFor, isOrdinary };
