import { flowSettings } from './yamlFlow.ts';
import { keyAt, scalarAt, skipProperties, type Scalar } from './yamlScalar.ts';
import { lineBreakOf, lineEndAt, type Setting } from './setting.ts';

/** A mapping or an item of a list that is open at a line. */
interface Frame {
  readonly column: number;
  readonly kind: 'map' | 'item';
  readonly group: number;
  /** The last key, under which what is indented further stands. */
  key: string | null;
}

interface Reader {
  readonly text: string;
  readonly settings: Setting[];
  readonly anchors: Map<string, Setting>;
  readonly frames: Frame[];
  groups: number;
}

/**
 * The settings of a YAML text (YAML 1.2, block and flow style), in order. What is not plain data (a block scalar, a value
 * with escapes) is no setting. Never throws: what cannot be read is passed over.
 */
export function yamlSettings(text: string): readonly Setting[] {
  const reader: Reader = { text, settings: [], anchors: new Map(), frames: [], groups: 0 };
  let blockScalar: number | null = null;
  let line = 0;
  for (let at = 0; at < text.length; line += 1) {
    const end = lineEndAt(text, at);
    const indent = /^[ \t]*/.exec(text.slice(at, end))?.[0].length ?? 0;
    const blank = at + indent === end;
    let next = end;
    if (!blank && (blockScalar === null || indent <= blockScalar)) {
      blockScalar = null;
      if (/^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at, end))) reader.frames.length = 0;
      else if (text[at + indent] !== '#' && text[at] !== '%') {
        const read = readLine(reader, at, at + indent, end, line);
        next = read.end;
        blockScalar = read.blockScalar;
      }
    }
    for (let index = at; index < next; index += 1) if (text[index] === '\n') line += 1;
    const lineEnd = text.indexOf('\n', next);
    at = lineEnd === -1 ? text.length : lineEnd + 1;
  }
  return reader.settings;
}

interface LineRead {
  /** Where reading stopped; behind the line where a value goes on. */
  readonly end: number;
  /** The column that a block scalar is indented beyond, where one begins. */
  readonly blockScalar: number | null;
}

function readLine(reader: Reader, lineStart: number, from: number, end: number, line: number): LineRead {
  const { text, frames } = reader;
  let at = from;
  for (let dash = dashAt(text, at, end); dash !== null; dash = dashAt(text, at, end)) {
    const column = at - lineStart;
    leave(frames, column);
    frames.push({ column, kind: 'item', group: (reader.groups += 1), key: null });
    at = dash;
  }
  const column = at - lineStart;
  const key = keyAt(text, at, end);
  if (key === null) return readValue(reader, '', at, column, null, line);
  leave(frames, column);
  let frame = frames.at(-1);
  if (frame?.kind !== 'map' || frame.column !== column) {
    frame = { column, kind: 'map', group: (reader.groups += 1), key: null };
    frames.push(frame);
  }
  const read = readValue(reader, key.name, key.end, column, at, line);
  frame.key = key.name;
  return read;
}

/** Closes what is indented further than a column, and the item before it in a list. */
function leave(frames: Frame[], column: number): void {
  for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
    if (top.column < column || (top.column === column && top.kind === 'map')) return;
    frames.pop();
  }
}

function dashAt(text: string, at: number, end: number): number | null {
  const dash = /^-[ \t]+/.exec(text.slice(at, end))?.[0];
  return dash === undefined ? null : at + dash.length;
}

function readValue(
  reader: Reader,
  name: string,
  from: number,
  column: number,
  keyStart: number | null,
  line: number,
): LineRead {
  const { text, frames, anchors } = reader;
  const { at, anchor } = skipProperties(text, from);
  const end = lineEndAt(text, at);
  const within = frames.map(({ group }) => group).reverse();
  if (at >= end || text[at] === '#') return { end, blockScalar: null };
  if (text[at] === '|' || text[at] === '>') return { end, blockScalar: column - (name === '' ? 1 : 0) };
  const place = { under: holderOf(name === '' ? frames : frames.slice(0, -1)), within };
  if (text[at] === '{' || text[at] === '[') {
    const flow = flowSettings(text, at, line, { name, within, group: () => (reader.groups += 1) });
    reader.settings.push(...flow.settings);
    return { end: flow.end, blockScalar: null };
  }
  const scalar = scalarAt(text, at, false);
  if (scalar === null) return { end, blockScalar: null };
  const value = scalar.alias === null ? scalar.value : (anchors.get(scalar.alias)?.value ?? scalar.value);
  const setting = toSetting(text, { ...place, name, value, line }, scalar, keyStart === null ? null : column);
  if (setting !== null) {
    reader.settings.push(setting);
    if (anchor !== null) anchors.set(anchor, setting);
  }
  return { end: Math.max(scalar.after, at), blockScalar: null };
}

/** The key under which the innermost mapping stands. */
function holderOf(frames: readonly Frame[]): string | null {
  return frames.findLast(({ kind }) => kind === 'map')?.key ?? null;
}

function toSetting(
  text: string,
  what: Pick<Setting, 'name' | 'value' | 'line' | 'under' | 'within'>,
  scalar: Scalar,
  column: number | null,
): Setting | null {
  if (scalar.escaped) return null;
  const beside =
    column === null
      ? null
      : (name: string, value: string) => {
          const at = lineEndAt(text, scalar.after);
          return { start: at, end: at, newText: `${lineBreakOf(text)}${' '.repeat(column)}${name}: ${value}` };
        };
  return { ...what, means: null, ...scalar.place, replace: scalar.replace, beside };
}
