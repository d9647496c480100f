import { headerValue, type HeaderList } from '../../shared/exchange.ts';

/** Vendors tell what a call used at the end of the answer; more than this it never takes. */
const longest = 8192;

/** The end of an answer that is too long to be kept. */
export interface AnswerTail {
  add(bytes: Uint8Array): void;
  /** Empty where nothing was added. A character that was cut in two is a replacement character. */
  text(): string;
}

/** Null for an answer whose end says nothing of its cost, or that cannot be read without its beginning. */
export function createAnswerTail(headers: HeaderList): AnswerTail | null {
  const type = headerValue(headers, 'content-type') ?? '';
  const encoding = headerValue(headers, 'content-encoding') ?? 'identity';
  if (encoding !== 'identity' || !/json|event-stream/i.test(type)) return null;
  // Twice as long, so that bytes are moved once in a while only.
  const kept = Buffer.alloc(2 * longest);
  let length = 0;
  return {
    add: (bytes) => {
      const part = bytes.length > longest ? bytes.subarray(bytes.length - longest) : bytes;
      if (length + part.length > kept.length) {
        kept.copyWithin(0, length - longest, length);
        length = longest;
      }
      kept.set(part, length);
      length += part.length;
    },
    text: () => kept.toString('utf8', Math.max(0, length - longest), length),
  };
}
