import { StringDecoder } from 'node:string_decoder';
import { mapStrings } from './jsonStrings.ts';

/** Changes a body as it streams by. */
export interface BodyFilter {
  push(bytes: Uint8Array): Buffer;
  /** What was held back. */
  end(): Buffer;
}

/** Replaces what is found in a text that is whole. */
export type Swap = (text: string) => string;

/** Longer answers that have to be whole are passed on unread from there. */
const longestHeld = 16 * 1024 * 1024;
/** What may be the beginning of something is held back up to this many characters. */
const longestTail = 2048;

/**
 * A filter for a content type: JSON is changed in its strings, events of a stream in theirs, also where something is
 * split over several of them; other text as it is. Null for what is no text. `own` says that patterns of unknown length are looked for.
 */
export function bodyFilter(contentType: string, swap: Swap, own: boolean): BodyFilter | null {
  const type = contentType.toLowerCase();
  if (type.includes('event-stream')) return eventFilter(swap, own);
  if (/ndjson|jsonl/.test(type)) return lineFilter((line) => mapStrings(line, swap));
  if (type.includes('json')) return wholeFilter((text) => mapStrings(text, swap));
  if (type.startsWith('text/') || type.includes('xml') || type.includes('urlencoded')) return wholeFilter(swap);
  return null;
}

function wholeFilter(change: Swap): BodyFilter {
  let held: Buffer[] = [];
  let size = 0;
  let over = false;
  const take = (): Buffer => {
    const text = Buffer.concat(held).toString('utf8');
    held = [];
    return Buffer.from(change(text));
  };
  return {
    push: (bytes) => {
      if (over) return Buffer.from(bytes);
      held.push(Buffer.from(bytes));
      size += bytes.byteLength;
      over = size > longestHeld;
      return over ? take() : Buffer.alloc(0);
    },
    end: () => (held.length === 0 ? Buffer.alloc(0) : take()),
  };
}

function lineFilter(change: Swap, end = /\n/g): BodyFilter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push: (bytes) => {
      rest += decoder.write(Buffer.from(bytes));
      let cut = 0;
      for (const match of rest.matchAll(end)) cut = match.index + match[0].length;
      const whole = rest.slice(0, cut);
      rest = rest.slice(cut);
      return Buffer.from(whole === '' ? '' : change(whole));
    },
    end: () => Buffer.from(rest === '' ? '' : change(rest)),
  };
}

/** Members in which models speak piece by piece. */
const spoken: ReadonlySet<string> = new Set([
  ...['content', 'text', 'delta', 'thinking', 'reasoning_content', 'reasoning', 'refusal', 'transcript'],
  ...['arguments', 'partial_json'],
]);

/** What was held back of one voice in a stream, and the event to say it with. */
interface Voice {
  pending: string;
  last: string;
}

function eventFilter(swap: Swap, own: boolean): BodyFilter {
  const voices = new Map<string, Voice>();

  const flush = (except: ReadonlySet<string>): string => {
    let said = '';
    for (const [key, voice] of voices) {
      if (except.has(key) || voice.pending === '') continue;
      const text = swap(voice.pending);
      voice.pending = '';
      said += mapData(voice.last, (json) =>
        mapStrings(json, (value, name) => (spoken.has(name) && value !== '' ? text : value)),
      );
    }
    return said;
  };

  const one = (event: string): string => {
    const json = dataOf(event);
    if (json === null) return event.includes('[DONE]') ? flush(new Set()) + event : event;
    if (isWhole(json)) return flush(new Set()) + mapData(event, (text) => mapStrings(text, swap));
    const place = placeOf(json);
    const heard = new Set<string>();
    const said = { something: false };
    const changed = mapData(event, (text) =>
      mapStrings(text, (value, name) => {
        if (!spoken.has(name) || value === '') return swap(value);
        const key = `${place} ${name}`;
        heard.add(key);
        const voice = voices.get(key) ?? { pending: '', last: event };
        voices.set(key, voice);
        voice.last = event;
        const whole = voice.pending + value;
        const cut = safeCut(whole, own);
        voice.pending = whole.slice(cut);
        const spokenNow = swap(whole.slice(0, cut));
        said.something ||= spokenNow !== '';
        return spokenNow;
      }),
    );
    const before = flush(heard);
    // An event of which all was held back says nothing yet.
    return heard.size > 0 && !said.something && !tellsMore(json) ? before : before + changed;
  };

  const change = (events: string): string =>
    events
      .split(/(?<=\n\n|\r\n\r\n)/)
      .map(one)
      .join('');
  const lines = lineFilter(change, /\r?\n\r?\n/g);
  return {
    push: (bytes) => lines.push(bytes),
    end: () => Buffer.concat([lines.end(), Buffer.from(flush(new Set()))]),
  };
}

/** Up to where a text can be passed on: what comes after may be the beginning of something. */
function safeCut(text: string, own: boolean): number {
  const word = /\S*$/.exec(text)?.index ?? text.length;
  const digits = /[+(\d][\d\s().+-]*\S*$/.exec(text.slice(-64));
  const number = digits === null ? text.length : Math.max(0, text.length - 64) + digits.index;
  const start = Math.min(word, number, own ? text.length - 128 : text.length);
  return Math.max(0, start, text.length - longestTail);
}

function dataOf(event: string): string | null {
  return /^data: ?(\{.*\})\s*$/m.exec(event)?.[1] ?? null;
}

function mapData(event: string, map: (json: string) => string): string {
  return event.replace(/^(data: ?)(\{.*\})/m, (_all, before: string, json: string) => before + map(json));
}

/** Events that repeat, or bring at once, what was or would be said in pieces. */
function isWhole(json: string): boolean {
  return /"type":\s*"(?:response\.(?:completed|incomplete|failed|created|in_progress|[\w.]*(?:done|added))|message_start|content_block_start)"/.test(
    json,
  );
}

/** Which of several voices it is: choices, blocks and items are counted. */
function placeOf(json: string): string {
  return [...json.matchAll(/"(?:index|output_index|content_index|summary_index)":\s*(\d+)/g)]
    .map(([, at]) => at)
    .join('.');
}

/** Whether an event has more in it than text: that it is the end, or what was used. */
function tellsMore(json: string): boolean {
  return /"(?:finish_reason|stop_reason|finishReason)":\s*"|"usage(?:Metadata)?":\s*\{|"tool_calls"|"name":|"role":/.test(
    json,
  );
}
