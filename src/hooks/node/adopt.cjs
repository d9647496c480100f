'use strict';

const { carry, queue, remember, runAs, send } = require('./callers.cjs');
const { gateway } = require('./gateway.cjs');
const { libraries } = require('./libraries.cjs');

/** What the statements behind libraries' modules call: see `libraries.cjs`. */
function createAdoption() {
  return Object.freeze({
    carry: (number, name, target) => carry(target, familyOf(number, name)),
    adopt: (number, name, scope) => adopt(libraries[number], familyOf(number, name), scope),
  });
}

function familyOf(number, name) {
  return libraries[number].family ?? new RegExp(`/node_modules/${name.replace(/[.]/g, '\\.')}/`);
}

function adopt({ methods = [], statics = [], fields = [], born, sends, tests }, family, scope) {
  if (tests !== undefined) {
    const classes = candidatesIn(scope).filter((candidate) => typeof candidate === 'function');
    for (const one of new Set(classes)) require('./tests.cjs')[tests](one);
  } else if (scope.PoolBase !== undefined) replace(scope.PoolBase.prototype, scope.kDispatch, queue);
  else if (scope.DispatcherBase !== undefined) replace(scope.DispatcherBase.prototype, 'dispatch', send);
  else {
    const carrying = (target) => carry(target, family);
    for (const candidate of candidatesIn(scope)) {
      for (const name of statics) replace(candidate, name, carrying);
      for (const owner of prototypesOf(candidate)) {
        for (const name of methods === 'own' ? ownMethods(owner) : methods) replace(owner, name, carrying);
        for (const name of fields)
          intercept(owner, name, (value) => (typeof value === 'function' ? carrying(value) : value));
        if (born !== undefined && Object.hasOwn(owner, sends)) bear(owner, born, sends, family);
      }
    }
  }
}

/** The values handed over and, of a CommonJS module, what it exports. */
function candidatesIn({ module, ...named }) {
  const exported = module === undefined ? [] : [module.exports, ...Object.values(module.exports)];
  return [...Object.values(named), ...exported].filter((value) => value !== null && value !== undefined);
}

function prototypesOf(candidate) {
  const found = [];
  let owner = typeof candidate === 'function' ? candidate.prototype : null;
  while (owner && owner !== Object.prototype && !isBuiltIn(owner)) {
    found.push(owner);
    owner = Object.getPrototypeOf(owner);
  }
  return found;
}

function ownMethods(prototype) {
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor' && !name.startsWith('_'));
}

/** A library's class may extend one of Node's, such as a stream. */
function isBuiltIn(prototype) {
  return (
    Object.hasOwn(prototype, 'constructor') &&
    /^(EventEmitter|Stream|Readable|Writable|Duplex|Error|Promise)$/.test(prototype.constructor.name)
  );
}

function replace(owner, name, toReplacement) {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return;
  Object.defineProperty(owner, name, { ...descriptor, value: toReplacement(descriptor.value) });
}

/** Has objects sent on behalf of whoever made them. */
function bear(owner, born, sends, family) {
  const makers = new WeakMap();
  intercept(owner, born, (value, object, above) => {
    if (gateway(false) !== null) makers.set(object, remember(above, family));
    return value;
  });
  replace(
    owner,
    sends,
    (target) =>
      function sending() {
        const record = makers.get(this);
        return record === undefined ? Reflect.apply(target, this, arguments) : runAs(record, target, this, arguments);
      },
  );
}

/** Replaces what a constructor assigns to each object. */
function intercept(owner, name, toReplacement) {
  if (Object.hasOwn(owner, name)) return;
  Object.defineProperty(owner, name, {
    configurable: true,
    get: () => undefined,
    set: function set(value) {
      const replacement = toReplacement(value, this, set);
      Object.defineProperty(this, name, { value: replacement, configurable: true, enumerable: true, writable: true });
    },
  });
}

module.exports = { createAdoption };
