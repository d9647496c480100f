import { STATUS_CODES } from 'node:http';
import type { RawHeaders, Reply } from '../engine.ts';

type Json = Readonly<Record<string, unknown>>;

/** Answers JSON. */
export function answerJson(reply: Reply, value: unknown, headers: RawHeaders = []): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  const length = String(body.byteLength);
  reply.begin(200, 'OK', ['Content-Type', 'application/json', 'Content-Length', length, ...headers]);
  reply.write(body);
  reply.end([]);
}

/** Answers problem details (RFC 9457). */
export function answerProblem(reply: Reply, status: number, members: Json, headers: RawHeaders = []): void {
  const body = Buffer.from(`${JSON.stringify(problemDetails(status, members))}\n`);
  const kept = ['Content-Type', 'application/problem+json', 'Content-Length', String(body.byteLength)];
  reply.begin(status, STATUS_CODES[status] ?? '', [...kept, 'Cache-Control', 'no-store', ...headers]);
  reply.write(body);
  reply.end([]);
}

export function problemDetails(status: number, members: Json): Json {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, ...members };
}

/** What a refusal said, in whatever form, as members of problem details. */
export function membersOf(body: string): Json {
  let said: Json;
  try {
    said = JSON.parse(body) as Json;
  } catch {
    return { detail: body.slice(0, 2000) };
  }
  const error = (typeof said.error === 'object' && said.error !== null ? said.error : {}) as Json;
  const own = (typeof error.tollgate === 'object' && error.tollgate !== null ? error.tollgate : {}) as Json;
  const { message, code, hint, param, ...others } = error;
  const members = Object.entries(others).filter(([name]) => name !== 'type' && name !== 'tollgate');
  return {
    detail: typeof message === 'string' ? message : '',
    code: own.code ?? code ?? 'refused',
    ...(own.hint === undefined && hint === undefined ? {} : { hint: own.hint ?? hint }),
    ...(param === undefined || param === null ? {} : { param }),
    ...Object.fromEntries(members),
    ...own,
  };
}

/** The fields of a refusal that programs act upon. */
export function toldHeaders(headers: RawHeaders): RawHeaders {
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2)
    if (
      /^(?:retry-after(?:-ms)?|x-should-retry|x-ratelimit-.*|x-tollgate-.*|www-authenticate)$/i.test(headers[at] ?? '')
    )
      kept.push(headers[at] ?? '', headers[at + 1] ?? '');
  return kept;
}

/** A reply through which what the gateway refuses comes as problem details. */
export function problemReply(reply: Reply, more: Json): Reply {
  let refused: { readonly status: number; readonly headers: RawHeaders; readonly pieces: Uint8Array[] } | null = null;
  return {
    inform: (status, headers) => reply.inform(status, headers),
    begin: (status, reason, headers) => {
      if (status >= 400) refused = { status, headers, pieces: [] };
      else reply.begin(status, reason, headers);
    },
    write: (bytes) => (refused === null ? reply.write(bytes) : refused.pieces.push(Uint8Array.from(bytes)) > 0),
    onDrain: (listener) => reply.onDrain(listener),
    end: (trailers) => {
      if (refused === null) reply.end(trailers);
      else {
        const body = Buffer.concat(refused.pieces).toString('utf8');
        answerProblem(reply, refused.status, { ...membersOf(body), ...more }, toldHeaders(refused.headers));
      }
    },
    destroy: () => reply.destroy(),
    tunnel: (...all) => reply.tunnel(...all),
    onGone: (listener) => reply.onGone(listener),
  };
}
