'use strict';

const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const path = require('node:path');

/** What tells the test that runs now; null outside of test runners. */
let find = process.env.VITEST === undefined ? null : ofVitest;

/** The test that runs now, as `file::suite::test`, or undefined. */
function testNow() {
  if (find === null) return undefined;
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** Vitest keeps the test in its worker's state. Of several at once it knows the last one only. */
function ofVitest() {
  const test = globalThis.__vitest_worker__?.current;
  if (test === undefined || test.concurrent) return undefined;
  const names = [];
  // What a file holds is in a suite that is the file.
  for (let at = test; at && at !== test.file; at = at.suite) names.unshift(at.name);
  return nameOf(test.file?.filepath, names);
}

let current = null;

/** Mocha: a `Runnable` is run by its method `run`, which is looked up right before. A wrapper would show in stacks. */
function watchMocha(Runnable) {
  watchLookup(Runnable.prototype, 'run', (runnable, run) => {
    const test = runnable.type === 'test' ? runnable : runnable.ctx?.currentTest;
    current = test ?? null;
    return run;
  });
  find = () => (current === null ? undefined : nameOf(current.file, current.titlePath()));
}

/** Jest tells the environment in which a file's tests run of each. */
function watchJest(Environment) {
  const { handleTestEvent } = Environment.prototype;
  Environment.prototype.handleTestEvent = function (event, state) {
    if (event.name === 'test_start') current = event.test.concurrent ? null : { test: event.test, file: fileOf(this) };
    else if (event.name === 'test_done') current = null;
    return handleTestEvent === undefined ? undefined : Reflect.apply(handleTestEvent, this, [event, state]);
  };
  find = () => {
    if (current === null) return undefined;
    const names = [];
    for (let at = current.test; at?.parent; at = at.parent) names.unshift(at.name);
    return nameOf(current.file, names);
  };
}

function fileOf({ global }) {
  return global?.expect?.getState?.().testPath;
}

/** node:test runs each test as an asynchronous resource, which tells tests apart that run at once. */
function watchNodeTest() {
  if (find !== null) return;
  const running = new AsyncLocalStorage();
  // It is run as part of what made it; its frame in stacks reads as ever.
  class Test extends AsyncResource {}
  watchLookup(AsyncResource.prototype, 'runInAsyncScope', (resource, run) => {
    if (resource.constructor.name !== 'Test' || resource.constructor === Test || !resource.parent) return run;
    const triggerAsyncId = resource.asyncId();
    return run.bind(running.run(resource, () => new Test('Test', { triggerAsyncId })));
  });
  find = () => {
    const test = running.getStore();
    if (test === undefined) return undefined;
    const names = [];
    for (let at = test; at?.parent; at = at.parent) names.unshift(at.name);
    return nameOf(test.loc?.file ?? test.entryFile, names);
  };
}

/** `toRun(object, method)` is told of each object whose method is about to be called, and says what is. */
function watchLookup(prototype, name, toRun) {
  const { value, ...descriptor } = Object.getOwnPropertyDescriptor(prototype, name);
  delete descriptor.writable;
  Object.defineProperty(prototype, name, {
    ...descriptor,
    get() {
      try {
        return this === prototype ? value : toRun(this, value);
      } catch {
        return value;
      }
    },
    set(replacement) {
      Object.defineProperty(this, name, { value: replacement, configurable: true, enumerable: true, writable: true });
    },
  });
}

function nameOf(file, names) {
  if (names.length === 0) return undefined;
  const where = typeof file === 'string' ? [path.relative(process.cwd(), file).replaceAll('\\', '/')] : [];
  return [...where, ...names].join('::');
}

module.exports = { testNow, watchJest, watchMocha, watchNodeTest };
