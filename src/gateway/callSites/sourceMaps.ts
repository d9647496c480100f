import { existsSync, readFileSync, statSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallFrame } from '../../shared/callSite.ts';

/** A place in a source file. Lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Whether a file belongs to an installed package rather than to the user. */
export function isLibrary(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

/** Source maps of generated files, read from disk when first needed (ECMA-426). */
export interface SourceMaps {
  /** The place in the source that stands behind a place in a generated file; null where no source does. */
  original(frame: CallFrame): SourcePosition | null;
  /** Whether the file names a source map, be it readable or not. */
  isMapped(frame: CallFrame): boolean;
  clear(): void;
}

interface Mapped {
  readonly changedAt: number;
  /** Null: the file names a map that cannot be used. */
  readonly map: SourceMap | null;
  /** The folder that relative sources are relative to. */
  readonly folder: string;
}

const generated = /\.[cm]?jsx?$/i;
/** In bytes. Beyond this a map costs the recording thread more than a line is worth. */
const largestFile = 64 * 1024 * 1024;
const mostFiles = 64;

/** Keeps the maps of the files asked for last. */
export function openSourceMaps(): SourceMaps {
  const files = new Map<string, Mapped | { readonly changedAt: number; readonly map: undefined }>();

  const find = (file: string): Mapped | null => {
    if (!generated.test(file)) return null;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined || stat.size > largestFile) return null;
    let known = files.get(file);
    if (known?.changedAt !== stat.mtimeMs) known = read(file, stat.mtimeMs);
    files.delete(file);
    files.set(file, known);
    if (files.size > mostFiles) for (const oldest of [...files.keys()].slice(0, 1)) files.delete(oldest);
    return known.map === undefined ? null : known;
  };

  return {
    original: (frame) => {
      const mapped = find(frame.file);
      try {
        return mapped?.map == null ? null : look(mapped.map, mapped.folder, frame);
      } catch {
        // A map may be JSON and yet no map, or name its sources by no URL.
        return null;
      }
    },
    isMapped: (frame) => find(frame.file) !== null,
    clear: () => files.clear(),
  };
}

function read(file: string, changedAt: number): Mapped | { readonly changedAt: number; readonly map: undefined } {
  try {
    const reference = lastReference(readFileSync(file, 'utf8'));
    if (reference === null) return { changedAt, map: undefined };
    return { changedAt, ...load(file, reference) };
  } catch {
    return { changedAt, map: null, folder: path.dirname(file) };
  }
}

/** The last `//# sourceMappingURL=` comment counts. */
function lastReference(text: string): string | null {
  const at = Math.max(text.lastIndexOf('//# sourceMappingURL='), text.lastIndexOf('//@ sourceMappingURL='));
  if (at === -1) return null;
  return /^\S+/.exec(text.slice(at + '//# sourceMappingURL='.length))?.[0] ?? null;
}

function load(file: string, reference: string): { readonly map: SourceMap; readonly folder: string } {
  if (reference.startsWith('data:')) {
    const comma = reference.indexOf(',');
    const content = reference.slice(comma + 1);
    const isBase64 = reference.slice(0, comma).endsWith(';base64');
    const json = isBase64 ? Buffer.from(content, 'base64').toString('utf8') : decodeURIComponent(content);
    return { map: parse(json), folder: path.dirname(file) };
  }
  const mapFile = reference.startsWith('file:')
    ? fileURLToPath(reference)
    : path.resolve(path.dirname(file), decodeURIComponent(reference));
  if (statSync(mapFile).size > largestFile) throw new Error(`The source map ${mapFile} is too large.`);
  return { map: parse(readFileSync(mapFile, 'utf8')), folder: path.dirname(mapFile) };
}

function parse(json: string): SourceMap {
  // Some servers put this before JSON to defeat script inclusion; ECMA-426 has readers remove it.
  return new SourceMap(JSON.parse(json.replace(/^\)\]\}'[^\n]*/, '')) as SourceMapPayload);
}

function look(map: SourceMap, folder: string, frame: CallFrame): SourcePosition | null {
  const { sourceRoot } = map.payload as Partial<SourceMapPayload>;
  const entry = map.findEntry(frame.line - 1, frame.column - 1);
  if (!('originalSource' in entry)) return null;
  const file = locate(entry.originalSource, sourceRoot ?? '', folder);
  return file === null ? null : { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** Sources are URLs relative to the map; bundlers name them `webpack://<name>/./<path from the project's root>`. */
function locate(source: string, root: string, folder: string): string | null {
  if (source.startsWith('file:')) return existing(fileURLToPath(source));
  const scheme = /^[a-z][a-z0-9+.-]+:\/\/[^/]*\//i.exec(source)?.[0];
  if (scheme === undefined) {
    const base = root.startsWith('file:') ? fileURLToPath(root) : path.resolve(folder, root);
    return existing(path.resolve(base, source)) ?? existing(path.resolve(folder, source));
  }
  const relative = source.slice(scheme.length).replace(/[?#].*$/, '');
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'package.json'))) return existing(path.join(at, relative));
    if (at === path.dirname(at)) return null;
  }
}

/** A library's source is not to be shown but to be told apart, so that it may as well be missing. */
function existing(file: string): string | null {
  return isLibrary(file) || existsSync(file) ? file : null;
}
