import { sinceBegin } from './arrivalTimes.ts';
import type { Moment } from './arrivalTimes.ts';
import { assemble } from './assembled.ts';
import { parseEvents } from './eventLines.ts';
import { jsonLines } from './jsonLines.ts';
import { line, textLines, token } from './lines.ts';
import type { Line } from './lines.ts';

/** Lines under a heading that folds them; `start` is where the heading stands. */
function section(title: string, inner: readonly Line[], start: number): readonly Line[] {
  if (inner.length === 0) return [];
  return [
    { ...line(0, token('key', title)), end: start + inner.length, folded: [token('faint', ' …')] },
    ...inner.map((one) => ({ ...one, depth: one.depth + 1, end: one.end === null ? null : one.end + start + 1 })),
  ];
}

/** What a model said in a stream: its reasoning, its text, its tool calls. Null where the stream is no model's. */
export function assembledLines(text: string, type: string): readonly Line[] | null {
  const events =
    type === 'text/event-stream'
      ? parseEvents(text)
      : jsonItems(text).map((data) => ({ name: 'message', data, id: null, unfinished: false, last: 0 }));
  const assembled = assemble(events);
  if (assembled === null) return null;
  const lines: Line[] = [];
  if (assembled.reasoning !== '') lines.push(...section('reasoning', textLines(assembled.reasoning), lines.length));
  if (assembled.text !== '') lines.push(...textLines(assembled.text));
  for (const { name, input } of assembled.tools)
    lines.push(...section(`tool ${name}`, jsonLines(input, true) ?? textLines(input), lines.length));
  if (assembled.finish !== null) lines.push(line(0, token('faint', `— ${assembled.finish}`)));
  return lines.length === 0 ? null : lines;
}

/** Gemini without `alt=sse` streams one JSON array. */
function jsonItems(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map((one) => JSON.stringify(one)) : [];
  } catch {
    return text.split(/\r?\n/).filter((one) => one.startsWith('{'));
  }
}

/** NDJSON: each line by itself, unfolded in full. Null where it is not several JSON values. */
export function jsonRecordLines(
  text: string,
  whenAt: (place: number) => Moment | null = () => null,
): readonly Line[] | null {
  let place = 0;
  const all = text.split('\n').map((raw) => ({ raw: raw.replace(/\r$/, ''), last: (place += raw.length + 1) - 2 }));
  const records = all.filter(({ raw }) => raw.trim() !== '');
  if (records.length < 2) return null;
  const lines: Line[] = [];
  for (const [index, { raw: record, last }] of records.entries()) {
    const when = whenAt(Math.max(0, last));
    const inner = jsonLines(record, index === records.length - 1, 1);
    if (inner === null) return null;
    const time = when === null ? '' : `${sinceBegin(when)}  `;
    const head = line(0, token('faint', `${String(index + 1).padStart(String(records.length).length)}  ${time}`));
    const start = lines.length;
    lines.push({ ...head, end: start + inner.length, folded: [token('plain', record.slice(0, 300))] });
    for (const one of inner) lines.push({ ...one, end: one.end === null ? null : one.end + start + 1 });
  }
  return lines;
}

/** A GraphQL request: its query as it is written, and its variables. Null where it is none. */
export function graphqlLines(text: string): readonly Line[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('query' in value) || typeof value.query !== 'string')
    return null;
  if (!/^\s*(?:#.*\s*)*(?:query|mutation|subscription|fragment|\{)/.test(value.query)) return null;
  const lines: Line[] = [];
  const rest = value as { operationName?: unknown; variables?: unknown; query: string };
  if (typeof rest.operationName === 'string')
    lines.push(line(0, token('faint', '# '), token('key', rest.operationName)));
  lines.push(...textLines(rest.query));
  if (typeof rest.variables === 'object' && rest.variables !== null)
    lines.push(...section('variables', jsonLines(JSON.stringify(rest.variables), false) ?? [], lines.length));
  return lines;
}

/** The parts of a multipart body (RFC 2046, 5.1), each with its headers. Null where the type names no boundary. */
export function multipartLines(text: string, contentType: string): readonly Line[] | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const lines: Line[] = [];
  for (const raw of `\r\n${text}`.split(`\n--${boundary}`).slice(1)) {
    if (raw.startsWith('--')) break;
    const part = raw.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, '');
    const [, heads = '', content = ''] =
      /^(.*?)\r?\n\r?\n(.*)$/s.exec(`${part.startsWith('\n') ? '\r\n' : ''}${part}`) ?? [];
    const name = /\bname="([^"]*)"/i.exec(heads)?.[1] ?? 'part';
    const file = /\bfilename="([^"]*)"/i.exec(heads)?.[1];
    const binary = /[\u0000-\u0008\ufffd]/.test(content);
    const shown = binary
      ? [line(0, token('faint', `binary, about ${String(content.length)} bytes`))]
      : (jsonLines(content, false) ?? textLines(content));
    const inner = [
      ...heads
        .split(/\r?\n/)
        .filter(Boolean)
        .map((head) => line(0, token('faint', head))),
      ...shown,
    ];
    lines.push(...section(file === undefined ? name : `${name} (${file})`, inner, lines.length));
  }
  return lines.length === 0 ? null : lines;
}
