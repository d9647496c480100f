'use strict';

const { readFileSync, statSync } = require('node:fs');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { startedAt } = require('./start.cjs');

/** In bytes, of a file and of its map. Of what is larger, reading alone would be felt. */
const largest = 32 * 1024 * 1024;
const compiled = /\.[cm]?js$/i;
const libraryPath = /(^|[\\/])node_modules[\\/]/;
/** What bundlers put in by themselves. */
const ofBundler = /(^|\/)(webpack\/(bootstrap|runtime|before-startup|startup|after-startup)|external )|\0/;

/**
 * What a file was made of, by its source map: null where that cannot be told (no map, none that can be read, or one that
 * may not be of what runs); else `{ at }`. `at(line, column)`, both from 1, gives the path of the source as the map has
 * it, or null for what has none; `at` is null where no source is a library's.
 */
function partsOf(file) {
  if (!compiled.test(file)) return null;
  let found = known.get(file);
  if (found === undefined) {
    found = findParts(file);
    known.set(file, found);
  }
  return found;
}

const known = new Map();

function findParts(file) {
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > largest || mtimeMs > startedAt || isReloaded(file)) return null;
    const map = mapOf(file);
    return map === null ? null : read(map);
  } catch {
    return null;
  }
}

/** Next.js in development writes and loads its files anew while the program runs. */
function isReloaded(file) {
  return /[\\/]\.next[\\/]/.test(file) && process.env.NODE_ENV !== 'production';
}

/** The text of a file's map, each byte a character, or null. */
function mapOf(file) {
  const text = readFileSync(file, 'latin1');
  const at = Math.max(text.lastIndexOf('//# sourceMappingURL='), text.lastIndexOf('//@ sourceMappingURL='));
  if (at === -1) return null;
  const reference = /^\S+/.exec(text.slice(at + '//# sourceMappingURL='.length))?.[0] ?? '';
  if (reference.startsWith('data:')) {
    const comma = reference.indexOf(',');
    const content = reference.slice(comma + 1);
    if (reference.slice(0, comma).endsWith(';base64')) return Buffer.from(content, 'base64').toString('latin1');
    return Buffer.from(decodeURIComponent(content)).toString('latin1');
  }
  const name = Buffer.from(reference, 'latin1').toString('utf8');
  const map = name.startsWith('file:')
    ? fileURLToPath(name)
    : path.resolve(path.dirname(file), decodeURIComponent(name));
  return statSync(map).size > largest ? null : readFileSync(map, 'latin1');
}

/** Takes out of a map what is needed of it: to parse all would take ten times as long. */
function read(map) {
  const isInSections = /"sections"\s*:\s*\[/.test(map.slice(0, 1_000));
  const { sources, places } = isInSections ? readSections(map) : readWhole(map);
  if (sources === null) return null;
  if (!sources.some((source) => libraryPath.test(source))) return { at: null };
  const { lines, columns, origins } = places();
  const paths = sources.map((source) => (ofBundler.test(source) ? null : `/${source.replaceAll('\\', '/')}`));
  return {
    at: (line, column) => {
      let low = 0;
      let high = lines.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const isAfter = lines[middle] > line - 1 || (lines[middle] === line - 1 && columns[middle] > column - 1);
        if (isAfter) high = middle;
        else low = middle + 1;
      }
      return paths[origins[low - 1] ?? -1] ?? null;
    },
  };
}

function readWhole(map) {
  const sources = listIn(map);
  const mappings = /"mappings"\s*:\s*"/.exec(map);
  if (sources === null || mappings === null) return { sources: null };
  return { sources, places: () => decode(map, mappings.index + mappings[0].length) };
}

/** An index map (ECMA-426): one map behind the other, each from a place of the generated file on. Turbopack writes them. */
function readSections(map) {
  const { sections } = JSON.parse(Buffer.from(map, 'latin1').toString('utf8'));
  return {
    sources: sections.flatMap((section) => section.map.sources.map(String)),
    places: () => {
      const found = { lines: [], columns: [], origins: [] };
      let before = 0;
      for (const { offset, map: own } of sections) {
        const { lines, columns, origins } = decode(`${own.mappings}"`, 0);
        found.lines.push(offset.line);
        found.columns.push(offset.column);
        found.origins.push(-1);
        lines.forEach((line, at) => {
          found.lines.push(line + offset.line);
          found.columns.push(columns[at] + (line === 0 ? offset.column : 0));
          found.origins.push(origins[at] === -1 ? -1 : origins[at] + before);
        });
        before += own.sources.length;
      }
      return found;
    },
  };
}

/** The sources that a map names, or null. Within a text quotes are escaped, so that this is the member itself. */
function listIn(map) {
  const start = /"sources"\s*:\s*\[/.exec(map);
  if (start === null) return null;
  let isText = false;
  for (let at = start.index + start[0].length; at < map.length; at += 1) {
    const character = map[at];
    if (character === '\\') at += 1;
    else if (character === '"') isText = !isText;
    else if (character === ']' && !isText) {
      const list = map.slice(start.index + start[0].length - 1, at + 1);
      return JSON.parse(Buffer.from(list, 'latin1').toString('utf8')).map(String);
    }
  }
  return null;
}

const digits = new Int8Array(128).fill(-1);
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('').forEach((digit, value) => {
  digits[digit.charCodeAt(0)] = value;
});

/** The places (from 0) from where on a generated file is of another source, and of which (ECMA-426). */
function decode(text, from) {
  const found = { lines: [], columns: [], origins: [] };
  let line = 0;
  let column = 0;
  let source = 0;
  let field = 0;
  let value = 0;
  let shift = 0;
  let latest = -1;
  const end = () => {
    const origin = field === 0 ? latest : field === 1 ? -1 : source;
    if (origin !== latest) {
      found.lines.push(line);
      found.columns.push(column);
      found.origins.push(origin);
      latest = origin;
    }
    field = 0;
  };
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === comma || code === semicolon || code === quote) {
      end();
      if (code === quote) return found;
      if (code === comma) continue;
      line += 1;
      column = 0;
      continue;
    }
    const digit = digits[code] ?? -1;
    if (digit === -1) throw new Error('No map.');
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    const step = (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
    if (field === 0) column += step;
    else if (field === 1) source += step;
    field += 1;
    value = 0;
    shift = 0;
  }
}

const comma = 44;
const semicolon = 59;
const quote = 34;

module.exports = { partsOf };
