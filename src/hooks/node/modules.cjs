'use strict';

const Module = require('node:module');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { apply } = Reflect;

let loaded = null;
const amended = (...parameters) => (loaded ??= require('./libraries.cjs')).amended(...parameters);

/** Amends known libraries as they are loaded, by whichever means this Node has. */
function watchModules() {
  watchCommonJs();
  if (typeof Module.registerHooks === 'function') Module.registerHooks({ load });
  else if (typeof Module.register === 'function' && hasKnownLibrary()) {
    Module.register('./loader.mjs', pathToFileURL(`${__dirname}/`));
  }
}

function watchCommonJs() {
  const { _compile } = Module.prototype;
  Module.prototype._compile = function (text, file) {
    if (typeof text === 'string' && typeof file === 'string' && file.includes('node_modules')) {
      arguments[0] = amended(file, text, true);
    }
    return apply(_compile, this, arguments);
  };
}

function load(url, context, nextLoad) {
  const loaded = nextLoad(url, context);
  if (loaded.format !== 'module' || !url.includes('node_modules')) return loaded;
  try {
    const text = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source).toString('utf8');
    const source = amended(url, text, false);
    return source === text ? loaded : { ...loaded, source };
  } catch {
    return loaded;
  }
}

/** Before Node 22.15 modules are amended on a thread of its own, which costs 50 ms and more: only where it matters. */
function hasKnownLibrary() {
  const packages = ['openai', '@anthropic-ai/sdk', 'axios', 'got', 'ky', 'ai', 'stripe', '@google/genai', 'groq-sdk'];
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
