import type { PanelBody } from '../../src/shared/panel.ts';
import { eventLines, parseEvents } from './eventLines.ts';
import { fromBase64, hexLines } from './hexLines.ts';
import { jsonLines } from './jsonLines.ts';
import { line, textLines, token, withMarks } from './lines.ts';
import type { Line } from './lines.ts';

/** How a body is shown. `closed` are the lines folded at first. */
export type BodyView =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'lines';
      readonly form: 'json' | 'events' | 'fields' | 'text' | 'bytes';
      readonly lines: readonly Line[];
      readonly closed: readonly number[];
      /** How many events, fields or lines it has. */
      readonly count: number;
    }
  | { readonly kind: 'image'; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Pictures that hold no script and no links: they are shown. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** Chooses the view for a body; `raw` shows it as it is. */
export function viewBody(body: PanelBody, raw: boolean): BodyView {
  const type = (body.contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (body.base64 !== null) {
    const bytes = fromBase64(body.base64);
    if (bytes.length === 0) return { kind: 'empty' };
    if (!raw && pictures.has(type) && !body.truncated && body.decodeError === null)
      return { kind: 'image', type, bytes };
    const lines = hexLines(bytes);
    return { kind: 'lines', form: 'bytes', lines, closed: [], count: bytes.length };
  }
  const text = body.text ?? '';
  if (text === '') return { kind: 'empty' };
  return (raw ? null : pretty(text, type, body.truncated)) ?? lines('text', textLines(text));
}

function pretty(text: string, type: string, truncated: boolean): BodyView | null {
  if (type === 'text/event-stream') {
    const events = parseEvents(text);
    const all = eventLines(events);
    const closed = all.flatMap(({ depth, end }, index) => (depth === 0 && end !== null ? [index] : []));
    return events.length === 0 ? null : { ...lines('events', all), closed, count: events.length };
  }
  if (type === 'application/x-www-form-urlencoded') {
    const fields = [...new URLSearchParams(text)];
    const all = fields.map(([name, value]) =>
      line(0, token('key', name), token('punctuation', ' = '), token('string', value)),
    );
    return fields.length === 0 ? null : lines('fields', all);
  }
  if (type.includes('json') || /^\s*[{[]/.test(text)) {
    const all = jsonLines(text, truncated);
    return all === null ? null : lines('json', all);
  }
  return null;
}

function lines(
  form: 'json' | 'events' | 'fields' | 'text',
  all: readonly Line[],
): BodyView & { readonly kind: 'lines' } {
  const marked = all.map((one) => ({ ...one, tokens: withMarks(one.tokens), folded: withMarks(one.folded) }));
  return { kind: 'lines', form, lines: marked, closed: [], count: all.length };
}
