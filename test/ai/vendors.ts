import type { IncomingMessage, ServerResponse } from 'node:http';
import { upstream } from '../gateway/support.ts';

/** A request as a vendor got it. */
export interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: string;
  /** The parsed body; empty where it is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a vendor answers: JSON, a stream of events, or an error. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** What is no text. */
  readonly bytes?: Buffer;
  /** Bytes of a stream, piece by piece; ends the connection halfway where `breaks` is set. */
  readonly stream?: readonly (string | Buffer)[];
  readonly breaks?: boolean;
}

export interface Vendor {
  readonly url: string;
  readonly received: Received[];
  /** The newest request. */
  last(): Received;
}

/** A vendor of one's own, which checks each request by `strict` and answers 400 with what it finds wrong. */
export async function vendor(
  strict: (received: Received) => string | null,
  answer: (received: Received) => Answer,
): Promise<Vendor> {
  const received: Received[] = [];
  const { url } = await upstream((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const raw = Buffer.concat(pieces).toString();
      const one: Received = { url: request.url ?? '', headers: request.headers, raw, body: parsed(raw) };
      received.push(one);
      const wrong = strict(one);
      send(response, wrong === null ? answer(one) : { status: 400, json: { error: { message: `Strict: ${wrong}` } } });
    });
  });
  const last = (): Received => {
    const one = received.at(-1);
    if (one === undefined) throw new Error('The vendor was not called.');
    return one;
  };
  return { url, received, last };
}

function send(response: ServerResponse, answer: Answer): void {
  const { status = 200, headers = {}, json, bytes, stream, breaks = false } = answer;
  if (stream === undefined) {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(bytes ?? JSON.stringify(json));
    return;
  }
  response.writeHead(status, { 'Content-Type': 'text/event-stream', ...headers });
  for (const piece of stream) response.write(piece);
  if (breaks) setImmediate(() => response.destroy());
  else response.end();
}

function parsed(raw: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(raw) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** Events of a stream without names, as OpenAI, Gemini, Mistral and Cohere send them. */
export function events(...data: readonly unknown[]): readonly string[] {
  return data.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`);
}

/** Events with names, as Anthropic and OpenAI's responses send them. */
export function namedEvents(
  ...data: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[]
): readonly string[] {
  return data.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`);
}
