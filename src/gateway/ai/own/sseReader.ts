import { StringDecoder } from 'node:string_decoder';

/** More than this without an end is no event. */
const longestEvent = 16 * 1024 * 1024;

/** Takes the data out of a stream of events (html.spec.whatwg.org, 9.2), each as soon as it is complete. */
export function createSseReader(data: (text: string) => void): { read(bytes: Uint8Array): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let lines: string[] = [];

  const line = (text: string): void => {
    if (text === '') {
      if (lines.length > 0) {
        const whole = lines.length === 1 ? (lines[0] ?? '') : lines.join('\n');
        lines = [];
        data(whole);
      }
    } else if (text.startsWith('data:')) lines.push(text.charCodeAt(5) === space ? text.slice(6) : text.slice(5));
  };
  const take = (text: string): void => {
    const all = rest === '' ? text : rest + text;
    let start = 0;
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', start)) {
      line(all.slice(start, all.charCodeAt(end - 1) === carriageReturn && end > start ? end - 1 : end));
      start = end + 1;
    }
    rest = all.slice(start);
    if (rest.length > longestEvent) throw new Error('An event of the stream is too long.');
  };
  return {
    read: (bytes) => take(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => {
      // The last event may lack the empty line behind it.
      take(`${decoder.end()}\n\n`);
    },
  };
}

const space = 0x20;
const carriageReturn = 0x0d;
