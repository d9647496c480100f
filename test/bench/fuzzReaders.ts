import { METHODS } from 'node:http';
import { createRequire } from 'node:module';
import { createBodyReader } from '../../src/gateway/wire/bodyReader.ts';
import { hasToken } from '../../src/gateway/wire/fields.ts';
import type { Framing } from '../../src/gateway/wire/framing.ts';
import { readRequestHead, wrongSoFar } from '../../src/gateway/wire/requestHead.ts';
import { findResponseHead } from '../../src/gateway/wire/responseHead.ts';
import { mutatedAnswer } from '../unit/wire/answerMutations.ts';
import { mutated, randomFrom } from '../unit/wire/mutations.ts';

/** A message as a reader understood it; `start` is `METHOD target`, or the status. */
interface Understood {
  readonly start: string;
  readonly body: string;
}

/** What is used of llhttp's binding, which Node keeps to itself. */
interface Parser {
  initialize(type: number, resource: object): void;
  execute(bytes: Buffer): number | Error;
  finish(): void;
  [callback: number]: unknown;
}
interface ParserClass {
  new (): Parser;
  readonly REQUEST: number;
  readonly RESPONSE: number;
  readonly kOnHeadersComplete: number;
  readonly kOnBody: number;
  readonly kOnMessageComplete: number;
}

/**
 * Reads messages that are nearly right with our readers, in pieces, and with llhttp. What we take, llhttp has to
 * understand in the same way; to refuse more is allowed. @returns how many inputs there were, taken and read otherwise.
 */
export function fuzzReaders(
  firstSeed: number,
  milliseconds: number,
): { readonly inputs: number; readonly taken: number; readonly differences: number } {
  const { HTTPParser } = createRequire(import.meta.url)('_http_common') as { readonly HTTPParser: ParserClass };
  let [inputs, taken, differences] = [0, 0, 0];
  for (const end = performance.now() + milliseconds; performance.now() < end; inputs++) {
    const random = randomFrom(firstSeed + inputs);
    const isAnswer = random() < 0.3;
    const text = isAnswer ? mutatedAnswer(random) : mutated(random);
    const ours = isAnswer ? readAnswer(text, random) : readRequests(text, random);
    const theirs = askOracle(HTTPParser, isAnswer, text);
    taken += ours.length;
    const at = ours.findIndex(
      ({ start, body }, index) => theirs[index]?.start !== start || theirs[index].body !== body,
    );
    const ourOwn = ours[at];
    const isMissing = at >= theirs.length;
    if (ourOwn === undefined || (isMissing && (blanks.test(text) || (!isAnswer && isOursToTake(ourOwn))))) continue;
    differences++;
    console.log(JSON.stringify({ seed: firstSeed + inputs, text, ours, theirs }));
  }
  return { inputs, taken, differences };
}

/** Llhttp refuses blanks which are allowed (RFC 9110, 5.5, and RFC 9112, 7.1.1), and which are never sent on. */
const blanks = /[\da-f][ \t]+;|[;=][ \t]|[ \t]=|chunked\t/i;

/** Nor does it take methods that it does not know, or targets beyond ASCII. */
function isOursToTake({ start }: Understood): boolean {
  return !METHODS.includes(start.split(' ')[0] ?? '') || /[\x80-\xff]/.test(start);
}

/** Whole requests, up to the first that is refused, not here to its end, or the last of its connection. */
function readRequests(text: string, random: () => number): readonly Understood[] {
  const found: Understood[] = [];
  for (let at = 0; at < text.length;) {
    while (text.startsWith('\r\n', at)) at += 2;
    const end = text.indexOf('\r\n\r\n', at);
    if (end === -1) {
      wrongSoFar(text, at);
      break;
    }
    const head = readRequestHead(text, at, end + 4);
    if ('why' in head || head.method === 'CONNECT') break;
    const body = readBody(text, end + 4, head.framing, random);
    if (body === null) break;
    found.push({ start: `${head.method} ${head.target}`, body: body.data });
    at = body.end;
    const { connection } = head.facts;
    if (head.minor === 0 ? !hasToken(connection, 'keep-alive') : hasToken(connection, 'close')) break;
  }
  return found;
}

function readAnswer(text: string, random: () => number): readonly Understood[] {
  const found = findResponseHead(Buffer.from(text, 'latin1'), 'GET');
  if (found === null || typeof found === 'string' || found.head.status < 200) return [];
  const body = readBody(text, found.end, found.head.framing, random);
  return body === null ? [] : [{ start: String(found.head.status), body: body.data }];
}

/** A body that comes in pieces of any size; null where it is none, or not here to its end. */
function readBody(
  text: string,
  start: number,
  framing: Framing,
  random: () => number,
): { readonly data: string; readonly end: number } | null {
  if (framing.kind === 'none') return { data: '', end: start };
  const reader = createBodyReader(framing);
  const bytes = Buffer.from(text.slice(start), 'latin1');
  let data = '';
  try {
    for (let at = 0; at < bytes.length;) {
      const size = 1 + Math.floor(random() * bytes.length);
      const end = reader.read(bytes.subarray(at, at + size), 0, (piece) => (data += piece.toString('latin1')));
      if (end !== -1) return { data, end: start + at + end };
      at += size;
    }
  } catch {
    return null;
  }
  return framing.kind === 'untilClose' ? { data, end: text.length } : null;
}

function askOracle(HTTPParser: ParserClass, isAnswer: boolean, text: string): readonly Understood[] {
  const found: Understood[] = [];
  const parser = new HTTPParser();
  let [start, body] = ['', ''];
  parser.initialize(isAnswer ? HTTPParser.RESPONSE : HTTPParser.REQUEST, {});
  parser[HTTPParser.kOnHeadersComplete | 0] = (
    ...[, , , method, target, status]: readonly [number, number, unknown, number | undefined, string, number]
  ): number => {
    start = isAnswer ? String(status) : `${methodNames[method ?? 0] ?? ''} ${target}`;
    body = '';
    return 0;
  };
  parser[HTTPParser.kOnBody | 0] = (bytes: Buffer) => (body += bytes.toString('latin1'));
  parser[HTTPParser.kOnMessageComplete | 0] = () => void found.push({ start, body });
  const result = parser.execute(Buffer.from(text, 'latin1'));
  if (isAnswer && !(result instanceof Error)) parser.finish();
  return found;
}

/** By llhttp's numbers; the others do not come about. */
const methodNames = ['DELETE', 'GET', 'HEAD', 'POST', 'PUT', 'CONNECT', 'OPTIONS', 'TRACE'] as const;
