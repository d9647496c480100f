import { sinceBegin } from './arrivalTimes.ts';
import type { Moment } from './arrivalTimes.ts';
import { jsonLines } from './jsonLines.ts';
import { line, textLines, token } from './lines.ts';
import type { Line } from './lines.ts';

/** One event of a stream, after WHATWG HTML, 9.2.6. */
export interface StreamEvent {
  /** The `event` field; `message` where there is none. */
  readonly name: string;
  readonly data: string;
  readonly id: string | null;
  /** True where the stream ended, or was cut, before the blank line that ends the event. */
  readonly unfinished: boolean;
  /** The place of its last character. */
  readonly last: number;
}

/** The events of a `text/event-stream`. Comments count for nothing. */
export function parseEvents(text: string): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  let name = '';
  let id: string | null = null;
  let data: string[] = [];
  let at = 0;
  let last = 0;
  const dispatch = (unfinished: boolean): void => {
    if (data.length > 0) events.push({ name: name || 'message', data: data.join('\n'), id, unfinished, last });
    name = '';
    data = [];
  };
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const raw of text.slice(start).split(/\r\n|\n|\r/)) {
    const from = start + at;
    at += raw.length + (text.startsWith('\r\n', from + raw.length) ? 2 : 1);
    if (raw === '') {
      dispatch(false);
      continue;
    }
    const colon = raw.indexOf(':');
    const field = colon < 0 ? raw : raw.slice(0, colon);
    const value = colon < 0 ? '' : raw.slice(colon + 1).replace(/^ /, '');
    last = from + raw.length - 1;
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value;
    else if (field === 'id') id = value;
  }
  dispatch(true);
  return events;
}

/** Each event as one line with the beginning of its data; unfolded, its data in full. */
export function eventLines(
  events: readonly StreamEvent[],
  whenOf: (event: StreamEvent) => Moment | null = () => null,
): readonly Line[] {
  const lines: Line[] = [];
  const width = String(events.length).length;
  events.forEach((event, index) => {
    const { name, data } = event;
    const when = whenOf(event);
    const inner = jsonLines(data, false, 1) ?? textLines(data).map((one) => ({ ...one, depth: 1 }));
    const start = lines.length;
    const head = line(
      0,
      token('faint', `${String(index + 1).padStart(width)}  `),
      token('key', name),
      ...(when === null ? [] : [token('faint', `  ${sinceBegin(when)}`)]),
    );
    // Many streams repeat the event's name at the beginning of its data.
    const news = data.slice(0, 400).replace(`"type":"${name}",`, '').slice(0, 300);
    const preview = news.length < 300 ? news : `${news}…`;
    lines.push({
      ...head,
      end: start + inner.length,
      folded: [token('plain', `  ${preview.replaceAll('\n', '⏎')}`)],
    });
    for (const one of inner) lines.push({ ...one, end: one.end === null ? null : one.end + start + 1 });
  });
  return lines;
}
