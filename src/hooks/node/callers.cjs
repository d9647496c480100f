'use strict';

const { AsyncLocalStorage } = require('node:async_hooks');
const { createDeepLook } = require('./deep.cjs');
const { gateway } = require('./gateway.cjs');
const { isPlain, toFrames } = require('./frames.cjs');
const { withinModules } = require('./libraries.cjs');
const { farthest, takeSites } = require('./stack.cjs');
const { testNow } = require('./tests.cjs');

/** What the code that runs now runs on behalf of: the innermost call into a client that was seen. */
const caller = new AsyncLocalStorage();
const { apply, ownKeys } = Reflect;

/** Work that starts more of its kind for ever, as polling does, must not be remembered for ever. */
const deepest = 16;

/** Remembers who calls: the stack, and behind it the call that this one is part of. `family`: see `carry`. */
function remember(above, family = null) {
  const outer = caller.getStore() ?? null;
  const parent = outer !== null && outer.depth < deepest ? outer : null;
  const depth = parent === null ? 1 : parent.depth + 1;
  const entry = deep.entry();
  const record = {
    sites: look(above, outer !== null && outer.family !== null),
    family,
    parent,
    depth,
    entry,
    what: null,
    url: null,
    test: testNow(),
  };
  if (entry !== null && entry !== parent?.entry) deep.claim(entry, record);
  return record;
}

/** How many frames it took the last time, by where the look begins. */
const reaches = new WeakMap();
const firstReach = 8;

/** The stack as far as the user's line (`isInside` a library: and who calls that), where no more is needed; else all of it. */
function look(above, isInside) {
  const reach = reaches.get(above) ?? firstReach;
  let sites = takeSites(above, reach);
  let needed = neededOf(sites, reach, isInside);
  if (needed === null) {
    sites = takeSites(above);
    needed = neededOf(sites, farthest, isInside) ?? farthest;
  }
  if (needed !== reach) reaches.set(above, needed);
  return sites;
}

/** How many frames tell all there is to know; null where more than `reach` might. */
function neededOf(sites, reach, isInside) {
  const from = firstOwnUserSite(sites);
  if (from !== -1 && isPlain(sites[from])) {
    if (!isInside && !isBeyondUndici(sites, from)) return from + 1;
    const outer = sites.findIndex(({ kind }, at) => at > from && kind !== 'user');
    if (outer !== -1) return outer + 1;
  }
  return sites.length < reach ? Math.min(sites.length + 1, farthest) : null;
}

const deep = createDeepLook(function toEntry() {
  const sites = takeSites(toEntry);
  const from = firstOwnUserSite(sites);
  // What an object does that the user made is done for others later, too.
  if (from === -1 || sites[from - 1]?.raw?.isConstructor()) return null;
  const trail = sites.slice(0, from + 1).map((site) => site.position());
  const library = withinModules(sites[from - 1]?.comparable ?? '').replace(/^((@[^/]+\/)?[^/]+)\/.*/, '$1');
  return {
    sites: sites.slice(from),
    library,
    place: `${sites[from].file} ${trail.pop()}`,
    trail: trail.join(),
    isOwn: !sites.slice(0, from).some(isForeign),
  };
});

/** Of a library, or built into the language, as `Promise.prototype.then` is. */
function isForeign({ kind, file }) {
  return kind === 'library' || file === '';
}

/** Runs a client's function so that whatever it does, now or later, is known to come from here. */
function runAs(record, target, self, parameters) {
  return caller.run(record, apply, target, self, parameters);
}

let entered = false;
const carried = new WeakSet();

/**
 * A function that does as `target` and carries its caller along. `family` (a regular expression on paths) says which
 * libraries do the work: only where one of them is seen to make the request is the caller surely the one.
 */
function carry(target, family) {
  if (carried.has(target)) return target;
  function carrying(...parameters) {
    // A library's entries call each other; the outermost knows the user.
    if (entered || gateway(false) === null) return apply(target, this, parameters);
    const record = remember(carrying, family);
    entered = true;
    try {
      return runAs(record, target, this, parameters);
    } finally {
      entered = false;
    }
  }
  for (const key of ownKeys(target)) {
    try {
      Object.defineProperty(carrying, key, Object.getOwnPropertyDescriptor(target, key));
    } catch {
      // Some are fixed, and equal anyway.
    }
  }
  carried.add(carrying);
  return carrying;
}

/** Who gave a pool a request that waits there for a connection. */
const waiting = new WeakMap();
let sending = null;

/** As `target`, a pool's `dispatch(options, handler)`, but remembers the caller until a connection sends it. */
function queue(target) {
  return function queueing(options, handler) {
    if (gateway(false) !== null && typeof handler === 'object' && handler !== null) {
      waiting.set(handler, fetchingNow(options.origin, options.path) ?? remember(queueing, undici));
    }
    return apply(target, this, arguments);
  };
}

/** As `target`, a connection's `dispatch(options, handler)`, but known to be on behalf of whoever queued it. */
function send(target) {
  return function dispatch(_options, handler) {
    const before = sending;
    sending = waiting.get(handler) ?? null;
    try {
      return apply(target, this, arguments);
    } finally {
      sending = before;
    }
  };
}

/** Whether a record's own stack goes through undici. */
function isOfUndici(record) {
  return record.sites.some(({ comparable }) => undici.test(comparable));
}

/** Who makes the undici request that is created now. */
function makerOf(request, above) {
  if (sending !== null) return sending;
  return fetchingNow(request.origin, request.path) ?? remember(above);
}

/** What `fetch` was called for, once, or null: its own stack tells all. */
function fetchingNow(origin, path) {
  const record = caller.getStore();
  if (!record?.url || record.url !== origin + path) return null;
  record.url = null;
  return record;
}

/**
 * The user's frames behind a request and how they were found, or null. The nearest call that shows its user wins.
 * `what`: method and path.
 */
function resolve(record, what) {
  let sure = true;
  for (let at = record; at !== null; at = at.parent) {
    const { sites } = at;
    const from = firstOwnUserSite(sites);
    const isGiven = from !== -1 && isGivenFetch(sites, from, at.parent);
    if (from !== -1 && !isGiven) {
      const how = !sure ? 'async' : at === record ? 'sync' : 'als';
      return toFrames(sites.slice(from), how);
    }
    if (sites.some(isBundledUndici)) sure = false;
    const family = at.parent?.family ?? null;
    if (family === null) continue;
    const worker = sites.findIndex(({ comparable }) => family.test(comparable));
    const user = sites.findIndex(({ kind }) => kind === 'user');
    // The library called the user's code back, and that made the request by means unknown.
    if (!isGiven && user !== -1 && sites.some(({ comparable }, index) => index > user && family.test(comparable)))
      break;
    if (worker === -1) sure = false;
  }
  const entry = entryOf(record, what);
  if (entry !== null) return toFrames(entry.sites, 'als');
  deep.begin();
  for (let at = record; at !== null; at = at.parent) {
    const { sites } = at;
    const from = sites.findIndex(({ kind }) => kind === 'user');
    if (from !== -1) return toFrames(sites.slice(from), 'async');
  }
  return null;
}

/** Whether the user's function is one that he gave a library to send by, so that the call is where he called that. */
function isGivenFetch(sites, from, parent) {
  if (parent === null || parent.family === null) return false;
  const sender = sites.find(({ kind }, at) => at > from && kind !== 'user');
  return sender !== undefined && parent.family.test(sender.comparable) && sends.test(sender.name() ?? '');
}

const sends = /fetch|^(async )?(postToApi|getFromApi)$/i;

/** Whether a request comes of something that a library put off, as far as is known. */
function isPutOff(record) {
  return putOffIn(record) !== null;
}

function putOffIn(record) {
  let at = record;
  while (at !== null && at.entry === null) at = at.parent;
  return at;
}

/** The call that a request is surely part of, by what libraries put off. */
function entryOf(record, what) {
  let claim = putOffIn(record);
  if (claim === null) return null;
  const { entry } = claim;
  while (claim.parent?.entry === entry) claim = claim.parent;
  claim.what ??= what;
  return deep.isSure(entry, what) ? entry : null;
}

/** Interceptors are called by undici's dispatchers: who called the dispatcher is further out. */
function firstOwnUserSite(sites) {
  for (let index = 0; index < sites.length; index += 1) {
    if (sites[index].awaited) return -1;
    if (sites[index].kind !== 'user') continue;
    if (!isBeyondUndici(sites, index)) return index;
    const outer = sites.find(({ kind }, at) => at > index && kind !== 'user');
    if (outer === undefined || outer.awaited || !dispatcher.test(outer.comparable)) return index;
  }
  return -1;
}

function isBeyondUndici(sites, index) {
  for (let at = 0; at < index; at += 1) if (sites[at].comparable.includes('/node_modules/undici/')) return true;
  return false;
}

/** Its pools are not watched there, and send one's request from the end of another's. */
function isBundledUndici({ comparable, file }) {
  return file !== '' && !file.includes('node_modules') && comparable.includes('/node_modules/undici/');
}

const undici = /^node:internal\/deps\/undici\/|\/node_modules\/undici\//;
const dispatcher = /\/node_modules\/undici\/lib\/(dispatcher\/dispatcher(-base)?|interceptor\/[^/]+)\.js$/;

module.exports = { carry, isOfUndici, isPutOff, makerOf, queue, remember, resolve, runAs, send, undici };
