'use strict';

const { fileURLToPath } = require('node:url');
const path = require('node:path');
const { partsOf } = require('./bundles.cjs');

const { captureStackTrace } = Error;

/** More than one frame costs about a microsecond each: where a program is deep, that is the most of all that a call costs. */
const farthest = 60;

/**
 * The frames of the stack as it is now, innermost first, from the caller of `above` outwards, `most` of them, as `{ file,
 * comparable, kind, awaited, name(), position(), place(), raw }`: the file also with slashes only, whose code it is
 * (`user`, `library`, `node`), whether beyond an await. Names and places are worked out when asked for.
 */
function takeSites(above, most = farthest) {
  const stack = {};
  const limit = Error.stackTraceLimit;
  const own = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  let raw = null;
  try {
    Error.stackTraceLimit = most;
    Error.prepareStackTrace = keep;
    captureStackTrace(stack, above);
    void stack.stack;
    raw = kept;
  } catch {
    // Error is frozen: what the program chose must do.
    captureStackTrace(stack, above);
    return parse(String(stack.stack));
  } finally {
    kept = null;
    if (raw !== null || Error.prepareStackTrace !== own?.value) restore(own);
    if (limit === undefined) delete Error.stackTraceLimit;
    else if (Error.stackTraceLimit !== limit) Error.stackTraceLimit = limit;
  }
  return raw === null ? [] : raw.map(toSite);
}

let kept = null;

function keep(_error, structured) {
  kept = structured;
  return '';
}

const toSite = (raw) => new Site(raw);

function restore(own) {
  try {
    if (own === undefined) delete Error.prepareStackTrace;
    else if (own.writable) Error.prepareStackTrace = own.value;
    else Object.defineProperty(Error, 'prepareStackTrace', own);
  } catch {
    // Error is frozen, so nothing was changed.
  }
}

/** A frame as V8 has it. */
class Site {
  constructor(raw) {
    const found = classify(raw.getFileName());
    const { comparable, kind } = found.at === null ? found : partAt(found, raw.getLineNumber(), raw.getColumnNumber());
    this.raw = raw;
    this.file = found.file;
    this.comparable = comparable;
    this.kind = kind;
    this.awaited = raw.isAsync();
  }

  name() {
    return this.raw.getFunctionName() || null;
  }

  /** Tells the places of one file apart. */
  position() {
    return this.raw.getPosition();
  }

  place() {
    return { line: this.raw.getLineNumber(), column: this.raw.getColumnNumber() };
  }
}

const line = /^\s+at (?<awaited>async )?(?:(?<name>.*?) \()?(?<file>.+?):(?<line>\d+):(?<column>\d+)\)?$/;

/** Where `Error.prepareStackTrace` cannot be set (--frozen-intrinsics) only the text is to be had. */
function parse(text) {
  return text.split('\n').flatMap((row) => {
    const parts = line.exec(row)?.groups;
    if (parts === undefined) return [];
    const found = classify(parts.file);
    const { comparable, kind } = found.at === null ? found : partAt(found, Number(parts.line), Number(parts.column));
    return {
      ...{ file: found.file, comparable, kind },
      awaited: parts.awaited !== undefined,
      raw: null,
      name: () => parts.name ?? null,
      position: () => `${parts.line}:${parts.column}`,
      place: () => ({ line: Number(parts.line), column: Number(parts.column) }),
    };
  });
}

const known = new Map();

/** Whose code a file is: the user's, a library's, or Node's (and everything that has no file). */
function classify(name) {
  let found = known.get(name);
  if (found === undefined) {
    // Code that is made up as a program goes may have a name of its own each time.
    if (known.size > 5_000) known.clear();
    found = judge(name);
    known.set(name, found);
  }
  return found;
}

const hookFolder = slashed(path.dirname(__dirname)) + '/';

function judge(name) {
  if (typeof name !== 'string') return { file: '', comparable: '', kind: 'node', at: null };
  // Loaders mark their modules with a query.
  const file = name.startsWith('file:') ? fileURLToPath(name.replace(/[?#].*$/, '')) : name;
  const comparable = slashed(file);
  if (!path.isAbsolute(file) || comparable.startsWith(hookFolder)) return { file, comparable, kind: 'node', at: null };
  if (isLibrary(comparable)) return { file, comparable, kind: 'library', at: null };
  return { file, comparable, kind: 'user', at: partsOf(file)?.at ?? null };
}

/** Whose code a place of a bundle is that holds libraries: known by the path of the source, as that of a file. */
function partAt({ at, comparable }, line, column) {
  const source = at(line, column);
  if (source === null) return { comparable, kind: 'node' };
  return source.includes('/node_modules/') ? { comparable: source, kind: 'library' } : { comparable, kind: 'user' };
}

/** Someone who works inside an installed package has the files below the working directory for their own. */
function isLibrary(file) {
  if (!file.includes('/node_modules/')) return false;
  const here = `${slashed(process.cwd())}/`;
  return !here.includes('/node_modules/') || !file.startsWith(here) || file.includes('/node_modules/', here.length - 1);
}

function slashed(file) {
  return file.replaceAll('\\', '/');
}

module.exports = { farthest, takeSites };
