'use strict';

const { createHook, executionAsyncResource } = require('node:async_hooks');
const { now } = require('./gateway.cjs');

/** What ends a look: as many promises and timers (some microseconds each), or as many milliseconds. */
const mostResources = 100_000;
const longest = 5 * 60 * 1_000;
/** Milliseconds of rest after a look that cost all it may; doubled each time. */
const firstRest = 30_000;

const mostUnclaimed = 256;
const mostClaims = 16;

/** What passes work on to later. Connections are no such thing: they serve one call after the other. */
const carriers = new Set([
  ...['PROMISE', 'Timeout', 'Immediate', 'TickObject', 'Microtask', 'AsyncResource'],
  ...['HTTPCLIENTREQUEST', 'FSREQCALLBACK', 'FSREQPROMISE', 'GETADDRINFOREQWRAP', 'ZLIB', 'RANDOMBYTESREQUEST'],
]);

/**
 * Follows what libraries put off back to the user's call that began it, for libraries of which nothing is known. That
 * slows all promises down, so it begins with a request whose line is in doubt, and ends soon.
 *
 * `toEntry()`: where the user's code calls a library on the stack now, as `{ sites, library, place, trail, isOwn }`, or null. The
 * place is where the user calls, the trail how the library went on from there, `isOwn` whether the user does by himself.
 */
function createDeepLook(toEntry) {
  /** By promise, timer and so on: the call that it is part of, and how many timers came before. */
  const origins = new WeakMap();
  /** Calls of which no request came so far. */
  const unclaimed = new Set();
  let latest = null;
  let isOn = false;
  let left = 0;
  let endsAt = 0;
  let rest = firstRest;
  let restsUntil = 0;
  const hook = createHook({ init });

  function init(_id, type, _trigger, resource) {
    try {
      left -= 1;
      if (left < 0 || (left % 256 === 0 && now() > endsAt)) end();
      else if (carriers.has(type)) keep(type, resource);
    } catch {
      // The program must not notice.
    }
  }

  function keep(type, resource) {
    const isTimer = type === 'Timeout';
    // What repeats does not do so for whoever set it up.
    if (isTimer && typeof resource._repeat === 'number') return;
    const running = executionAsyncResource();
    const found = toEntry();
    if (found !== null) {
      // What is awaited may have been made elsewhere, as queries are that wait to be awaited.
      if (type !== 'PROMISE' || !found.isOwn) origins.set(resource, { entry: entryOf(found, running), timers: 0 });
      return;
    }
    const origin = origins.get(running);
    if (origin === undefined) return;
    if (!isTimer) origins.set(resource, origin);
    // Timers that set off each other are somebody's clock, unless they wait between two tries.
    else if (origin.timers === 0 || origin.entry.claims.length > 0)
      origins.set(resource, { entry: origin.entry, timers: origin.timers + 1 });
  }

  /** One call may begin many things. What happens once more, by the same trail, is the next call, as in a loop. */
  function entryOf({ sites, library, place, trail }, running) {
    if (latest?.running !== running || latest.place !== place || latest.trails.has(trail))
      latest = { running, place, trails: new Set(), entry: open({ sites, library, claims: [] }) };
    latest.trails.add(trail);
    return latest.entry;
  }

  function open(entry) {
    unclaimed.add(entry);
    if (unclaimed.size > mostUnclaimed) for (const oldest of [...unclaimed].slice(0, 1)) unclaimed.delete(oldest);
    return entry;
  }

  function end() {
    isOn = false;
    latest = null;
    unclaimed.clear();
    hook.disable();
    if (left >= 0) return;
    restsUntil = now() + rest;
    rest *= 2;
  }

  return {
    /** Looks from now on, for a while. */
    begin: () => {
      const time = now();
      if (isOn || time < restsUntil) return;
      isOn = true;
      left = mostResources;
      endsAt = time + longest;
      hook.enable();
    },
    /** The call that what runs now is part of, or null. */
    entry: () => (isOn ? (origins.get(executionAsyncResource())?.entry ?? null) : null),
    /** Says that a request comes of a call; `claim` has a member `what`, null until it is known. */
    claim: (entry, claim) => {
      unclaimed.delete(entry);
      if (entry.claims.length < mostClaims) entry.claims.push(claim);
    },
    /**
     * Whether a request is surely of the call that it comes of: a library that sends something else, too, while calls of
     * it are left of which nothing came, may be doing those.
     */
    isSure: (entry, what) =>
      entry.claims.every((claim) => claim.what === what) ||
      (entry.claims.length < mostClaims && ![...unclaimed].some(({ library }) => library === entry.library)),
  };
}

module.exports = { createDeepLook };
