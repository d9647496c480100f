'use strict';

const { readFileSync, statSync } = require('node:fs');
const { findSourceMap } = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { partsOf } = require('./bundles.cjs');

const most = 8;
const transpiled = /\.([cm]?ts|tsx|jsx|vue|svelte)$/i;

/** Jest and vitest transform plain JavaScript too, out of Node's sight. */
const transforms = process.env.JEST_WORKER_ID !== undefined || process.env.VITEST !== undefined;

/** The user's frames among some sites, as a note holds them, mapped where the map is in this process only. */
function toFrames(sites, how) {
  let sure = how !== 'async';
  const frames = [];
  for (const site of sites) {
    if (frames.length === most) break;
    if (site.kind !== 'user') continue;
    const { frame, isCertain } = toFrame(site);
    if (frames.length === 0 && !isCertain) sure = false;
    frames.push(frame);
    if (isPlain(site)) break;
  }
  return { how: sure ? how : 'async', frames };
}

/** In bytes; what is bigger may hold libraries. */
const largest = 200 * 1024;
const plain = new Map();

/** Whether a frame is surely of what the user wrote: his file is as he wrote it, or its map tells what libraries' is. */
function isPlain({ file }) {
  let found = plain.get(file);
  if (found === undefined) {
    if (plain.size > 1_000) plain.clear();
    found = isAsWritten(file) && (holdsNoMap(file) || partsOf(file) !== null);
    plain.set(file, found);
  }
  return found;
}

function holdsNoMap(file) {
  try {
    return statSync(file).size <= largest && !readFileSync(file, 'latin1').includes('sourceMappingURL=');
  } catch {
    return false;
  }
}

function toFrame(site) {
  const { line, column } = site.place();
  const written = { file: site.file, line, column };
  const mapped = byLoadedMap(written) ?? byProgram(site, written);
  const frame = { ...(mapped ?? written), function: site.name(), awaited: site.awaited };
  return { frame, isCertain: mapped !== null || isAsWritten(site.file) };
}

/** Node keeps the maps of what it loaded where source maps are enabled, as tsx does. */
function byLoadedMap({ file, line, column }) {
  if (process.sourceMapsEnabled === false) return null;
  const map = findSourceMap(file);
  if (map === undefined) return null;
  const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
  if (typeof originalSource !== 'string') return null;
  const source = originalSource.startsWith('file:')
    ? fileURLToPath(originalSource)
    : path.resolve(path.dirname(file), map.payload.sourceRoot || '', originalSource);
  return { file: source, line: originalLine + 1, column: originalColumn + 1 };
}

/** Transpilers that work in memory (ts-node, jest, vitest) map stacks by a function of their own. */
function byProgram(site, written) {
  if (site.raw === null || (!transforms && !transpiled.test(site.file))) return null;
  const prepare = Error.prepareStackTrace;
  if (typeof prepare !== 'function') return null;
  try {
    const parts = /\(?(?<file>[^()\n]+?):(?<line>\d+):(?<column>\d+)\)?\s*$/.exec(
      prepare(new Error(''), [site.raw]),
    )?.groups;
    if (parts === undefined) return null;
    const file = parts.file.replace(/^\s*at (async )?/, '');
    const source = file.startsWith('file:') ? fileURLToPath(file) : file;
    const mapped = { file: source, line: Number(parts.line), column: Number(parts.column) };
    const isSame = mapped.line === written.line && mapped.column === written.column;
    return path.isAbsolute(source) && (transforms || !isSame) ? mapped : null;
  } catch {
    return null;
  }
}

/** Whether what runs has the lines of the file. Node leaves them as they are when it takes types away by itself. */
function isAsWritten(file) {
  if (transforms) return false;
  if (!transpiled.test(file)) return true;
  const options = `${process.execArgv.join(' ')} ${process.env.NODE_OPTIONS ?? ''}`;
  return Boolean(process.features.typescript) && !/--(experimental-)?loader\b/.test(options);
}

module.exports = { isPlain, toFrames };
