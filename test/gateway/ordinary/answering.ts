import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** What a fake vendor is asked. */
export interface Asked {
  readonly method: string;
  /** Path and query, as the client library sent them. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly random: (below: number) => number;
}

export type Answering = (asked: Asked, response: ServerResponse) => void;

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'x-request-id': 'req_1',
    ...headers,
  });
  response.end(JSON.stringify(value));
}

/** Answers with server-sent events, written piece by piece. */
export function stream(response: ServerResponse, events: readonly string[]): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  for (const event of events) response.write(event);
  response.end();
}
