'use strict';

const mostKnown = 1_000;

/**
 * Looks hosts up in the lists of the gateway's state: `api.example.com`, `.example.com` for all below it, `*` for any;
 * each may end in `:port`. Mind that other protocols than HTTP have ports, too: an entry without one holds for port 80,
 * and for TLS, where it names one host, for any port, else for 443.
 */
function createHosts(hosts, exclude) {
  const included = new Set(hosts);
  const excluded = new Set(exclude);
  const known = new Map();

  const find = (name, port, isSecure) => {
    const all = [name, ...suffixesOf(name), '*'];
    if (all.some((entry) => excluded.has(entry) || excluded.has(`${entry}:${port}`))) return false;
    if (all.some((entry) => included.has(`${entry}:${port}`))) return true;
    if (isSecure && included.has(name)) return true;
    return port === (isSecure ? 443 : 80) && all.some((entry) => included.has(entry));
  };

  return {
    isEmpty: included.size === 0,
    has: (host, port, isSecure) => {
      const key = `${host} ${port} ${isSecure}`;
      let found = known.get(key);
      if (found === undefined) {
        if (known.size >= mostKnown) known.clear();
        found = find(canonical(host), port, isSecure);
        known.set(key, found);
      }
      return found;
    },
  };
}

/** In lower case, addresses of version 6 in brackets. */
function canonical(host) {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}

function suffixesOf(name) {
  const found = [];
  if (/^[\d.]+$|^\[/.test(name)) return found;
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) found.push(name.slice(dot));
  return found;
}

module.exports = { canonical, createHosts };
