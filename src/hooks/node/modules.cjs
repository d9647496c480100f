'use strict';

const Module = require('node:module');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const { apply } = Reflect;

let connecting = null;
let loaded = null;
const libraries = () => (loaded ??= require('./libraries.cjs'));

/** What makes connections, which takes its time to load. */
const makesConnections = new Set(['node:net', 'node:tls', 'node:http', 'node:https', 'node:http2']);

/**
 * Amends known libraries as they are loaded, by the means of this Node that leave no frames in anybody's stack.
 * `connecting()` hears that the program may make connections.
 */
function watchModules(onConnecting) {
  connecting = onConnecting;
  if (typeof Module.registerHooks === 'function') {
    Module.registerHooks({ load });
    return;
  }
  connecting();
  if (process.env.NODE_TEST_CONTEXT !== undefined) require('./tests.cjs').watchNodeTest();
  watchCommonJs();
  if (typeof Module.register === 'function' && hasKnownLibrary()) {
    Module.register('./loader.mjs', require('node:url').pathToFileURL(`${__dirname}/`));
  }
}

function load(url, context, nextLoad) {
  const found = nextLoad(url, context);
  try {
    if (makesConnections.has(url)) connecting();
    else if (url === 'node:test') require('./tests.cjs').watchNodeTest();
    if (!url.includes('node_modules') || found.source == null || !libraries().isKnown(url)) return found;
    const text = typeof found.source === 'string' ? found.source : Buffer.from(found.source).toString('utf8');
    return { ...found, source: libraries().amended(url, text, found.format !== 'module') };
  } catch {
    return found;
  }
}

/** Node 22.14 and older: a known library, once its file is found, is about to be loaded. */
function watchCommonJs() {
  const { _findPath } = Module;
  Module._findPath = function () {
    const file = apply(_findPath, this, arguments);
    try {
      if (typeof file === 'string' && file.includes('node_modules') && libraries().isKnown(file)) amendNext(file);
    } catch {
      // The program must not notice.
    }
    return file;
  };
}

function amendNext(file) {
  if (Module._cache[file] !== undefined) return;
  const before = Module._extensions['.js'];
  Module._extensions['.js'] = loadKnown;
  function loadKnown(module, name) {
    if (name !== file) return apply(before, this, arguments);
    // Another loader may have put itself on top meanwhile; then this one stays and passes everything on.
    if (Module._extensions['.js'] === loadKnown) Module._extensions['.js'] = before;
    const { _compile } = module;
    module._compile = function (text) {
      delete module._compile;
      try {
        arguments[0] = libraries().amended(file, text, true);
      } catch {
        // As it is, then.
      }
      return apply(_compile, this, arguments);
    };
    return apply(before, this, arguments);
  }
}

/** There, modules are amended on a thread of its own, which costs 50 ms and more: only where it matters. */
function hasKnownLibrary() {
  const packages = [
    ...['openai', '@anthropic-ai/sdk', 'axios', 'got', 'ky', 'ai', 'stripe', '@google/genai', 'groq-sdk'],
    ...['@mistralai/mistralai', '@langchain/core', 'node-fetch'],
  ];
  const program = process.argv[1];
  if (program === undefined) return false;
  let isModule = /\.m[jt]s$|[\\/]node_modules[\\/]/.test(program);
  for (let folder = path.dirname(program); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    isModule ||= existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (isModule && packages.some((name) => existsSync(path.join(folder, 'node_modules', name)))) return true;
    if (folder === path.dirname(folder)) return false;
  }
}

module.exports = { watchModules };
