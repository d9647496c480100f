import type { PanelBody } from '../../src/shared/panel.ts';
import type { Arrival } from '../../src/shared/exchange.ts';
import { arrivalTimes } from './arrivalTimes.ts';
import type { Moment } from './arrivalTimes.ts';
import { eventLines, parseEvents } from './eventLines.ts';
import { conversationLines, frameLines } from './frameLines.ts';
import { fromBase64, hexLines } from './hexLines.ts';
import { jsonLines } from './jsonLines.ts';
import { line, textLines, token, withMarks } from './lines.ts';
import type { Line } from './lines.ts';
import { grpcLines } from './grpcLines.ts';
import { protobufLines } from './protobufLines.ts';
import { assembledLines, graphqlLines, jsonRecordLines, multipartLines } from './structuredLines.ts';

/** How a body can be looked at: as its kind wants, as it is, what a model said in it, as a page, byte by byte. */
export type BodyMode = 'pretty' | 'raw' | 'said' | 'page' | 'hex';

/** What the lines of a body are. */
type Form = 'json' | 'events' | 'fields' | 'text' | 'bytes' | 'frames' | 'message' | 'said' | 'parts' | 'graphql';

/** How a body is shown. `closed` are the lines folded at first. */
export type BodyView =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'lines';
      readonly form: Form;
      readonly lines: readonly Line[];
      readonly closed: readonly number[];
      /** How many events, fields or lines it has. */
      readonly count: number;
    }
  | { readonly kind: 'image'; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'page'; readonly html: string };

/** Pictures that hold no script and no links: they are shown. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** Texts that can be shown as a page, in a frame without scripts. */
const pages = new Set(['text/html', 'application/xhtml+xml', 'image/svg+xml']);

/** The ways in which a body can be looked at, the best first. */
export function modesOf(body: PanelBody, isSocket: boolean): readonly BodyMode[] {
  const type = typeOf(body);
  const text = body.text ?? '';
  if (body.base64 !== null)
    return pictures.has(type) || isSocket || binaryLines(fromBase64(body.base64), type, body) !== null
      ? ['pretty', 'hex']
      : ['hex'];
  if (isSocket) return ['pretty', 'raw', 'hex'];
  const said = assembledLines(text, type) === null ? [] : (['said'] as const);
  const page = pages.has(type) ? (['page'] as const) : [];
  const isPretty = pretty(text, type, body) !== null;
  return [...(isPretty ? (['pretty'] as const) : []), 'raw', ...said, ...page, 'hex'];
}

function typeOf(body: PanelBody): string {
  return (body.contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function binaryLines(bytes: Uint8Array, type: string, { proto }: PanelBody): readonly Line[] | null {
  const known = proto === undefined ? null : { schema: proto, type: proto.root };
  if (type.startsWith('application/grpc')) return grpcLines(bytes, known);
  return type.includes('protobuf') ? protobufLines(bytes, 0, known) : null;
}

/** Of a stream: when its pieces came and, of a WebSocket, what the client sent. */
export interface StreamFacts {
  readonly arrivals: readonly Arrival[];
  readonly sent: PanelBody | null;
}

/** Chooses the view for a body. A WebSocket's body is its frames. */
export function viewBody(
  body: PanelBody,
  mode: BodyMode,
  isSocket = false,
  stream: StreamFacts | null = null,
): BodyView {
  const type = typeOf(body);
  if (body.base64 !== null) {
    const bytes = fromBase64(body.base64);
    if (bytes.length === 0) return { kind: 'empty' };
    const decoded = mode !== 'pretty' ? null : isSocket ? socketLines(bytes, stream) : binaryLines(bytes, type, body);
    if (decoded !== null) return foldedLines(isSocket ? 'frames' : 'message', decoded);
    if (mode === 'pretty' && pictures.has(type) && !body.truncated && body.decodeError === null)
      return { kind: 'image', type, bytes };
    const lines = hexLines(bytes);
    return { kind: 'lines', form: 'bytes', lines, closed: [], count: bytes.length };
  }
  const text = body.text ?? '';
  if (text === '') return { kind: 'empty' };
  const bytes = (): Uint8Array<ArrayBuffer> =>
    body.exact === undefined ? new TextEncoder().encode(text) : fromBase64(body.exact);
  switch (mode) {
    case 'hex':
      return { kind: 'lines', form: 'bytes', lines: hexLines(bytes()), closed: [], count: bytes().length };
    case 'page':
      return { kind: 'page', html: text };
    case 'said':
      return lines('said', assembledLines(text, type) ?? textLines(text));
    case 'pretty': {
      const frames = isSocket ? socketLines(bytes(), stream) : null;
      if (frames !== null) return foldedLines('frames', frames);
      return pretty(text, type, body, stream) ?? lines('text', textLines(text));
    }
    case 'raw':
      return lines('text', textLines(text));
  }
}

/** Lines of which the outermost are folded at first, but for a message that comes alone. */
function foldedLines(form: Form, all: readonly Line[]): BodyView {
  const count = all.filter(({ depth }) => depth === 0).length;
  const outermost = all.flatMap(({ depth, end }, index) => (depth === 0 && end !== null ? [index] : []));
  return { ...lines(form, all), closed: form === 'message' && count === 1 ? [] : outermost, count };
}

/** Both ways where it is known when what came, else one. */
function socketLines(bytes: Uint8Array, stream: StreamFacts | null): readonly Line[] | null {
  if (stream?.sent == null) return frameLines(bytes);
  return conversationLines(bytes, { sent: bytesOf(stream.sent), arrivals: stream.arrivals });
}

function bytesOf({ text, base64 }: PanelBody): Uint8Array {
  return base64 === null ? new TextEncoder().encode(text ?? '') : fromBase64(base64);
}

/** When what ends at a place of the text came. */
function timesOf(text: string, stream: StreamFacts | null): ((place: number) => Moment | null) | undefined {
  if (stream === null || stream.arrivals.length === 0) return undefined;
  const momentAt = arrivalTimes(stream.arrivals, 1);
  let [counted, bytes] = [0, 0];
  return (place) => {
    if (place < counted) [counted, bytes] = [0, 0];
    bytes += new TextEncoder().encode(text.slice(counted, place)).length;
    counted = place;
    return momentAt(bytes);
  };
}

function pretty(
  text: string,
  type: string,
  { truncated, contentType }: PanelBody,
  stream: StreamFacts | null = null,
): BodyView | null {
  const whenAt = timesOf(text, stream);
  if (type === 'text/event-stream') {
    const events = parseEvents(text);
    return events.length === 0
      ? null
      : foldedLines(
          'events',
          eventLines(events, ({ last }) => whenAt?.(last) ?? null),
        );
  }
  if (type === 'application/x-www-form-urlencoded') {
    const fields = [...new URLSearchParams(text)];
    const all = fields.map(([name, value]) =>
      line(0, token('key', name), token('punctuation', ' = '), token('string', value)),
    );
    return fields.length === 0 ? null : lines('fields', all);
  }
  if (type.startsWith('multipart/')) {
    const all = multipartLines(text, contentType ?? '');
    return all === null ? null : lines('parts', all);
  }
  const query = graphqlLines(text);
  if (query !== null) return lines('graphql', query);
  if (/ndjson|jsonl|json-seq|x-json-stream/.test(type)) {
    const all = jsonRecordLines(text, whenAt);
    if (all !== null) return foldedLines('events', all);
  }
  if (type.includes('json') || /^\s*[{[]/.test(text)) {
    const all = jsonLines(text, truncated);
    return all === null ? null : lines('json', all);
  }
  return null;
}

function lines(form: Form, all: readonly Line[]): BodyView & { readonly kind: 'lines' } {
  const marked = all.map((one) => ({ ...one, tokens: withMarks(one.tokens), folded: withMarks(one.folded) }));
  return { kind: 'lines', form, lines: marked, closed: [], count: all.length };
}
