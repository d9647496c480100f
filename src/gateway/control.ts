import { Readable } from 'node:stream';
import { ChannelError } from '../shared/channel.ts';
import { plain, text } from '../shared/text.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { headerValue } from '../shared/exchange.ts';
import type { Access } from './access.ts';
import type { AccessGate } from './access/openAccess.ts';
import { createTeamApi, type TeamApi } from './access/teamApi.ts';
import { answerResource } from './access/resources/answerResource.ts';
import type { ResourceParts } from './access/resources/resourceTable.ts';
import type { Inbound, RawHeaders, Reply } from './engine.ts';
import { failureAnswer } from './failures.ts';
import { createGuesses } from './guesses.ts';

const longestBody = 16 * 1024 * 1024;

/** Answers `POST /_tollgate/api/<method>`: a JSON array of parameters in, the result as JSON out, bytes as base64. */
export function createControl(
  access: Access,
  api: GatewayApi,
  gate: ControlGate,
): (method: string, inbound: Inbound, reply: Reply) => void {
  const guessed = createGuesses();
  return (method, inbound, reply) => {
    void answer(access, api, gate, guessed, method, inbound).then(
      ({ status, reason, headers, body }) => {
        reply.begin(status, reason, headers);
        reply.write(body);
        reply.end([]);
      },
      // The client left while it was sending.
      () => reply.destroy(),
    );
  };
}

/** Answers `GET /_tollgate/health`, which is open to all and tells no more than that this is a gateway. */
export function answerHealth(reply: Reply): void {
  const { status, reason, headers, body } = json(200, 'OK', { name: 'tollgate', pid: process.pid });
  reply.begin(status, reason, headers);
  reply.write(body);
  reply.end([]);
}

type ControlGate = Pick<AccessGate, 'flush' | 'jwks' | 'teamToken'>;

/** The gateway as the team sees it whose token was shown. */
function teamApiFor(whole: GatewayApi, gate: ControlGate, { headers }: Inbound): TeamApi | null {
  const shown = /^bearer +(\S+)$/i.exec(headerValue(headers, 'authorization') ?? '')?.[1];
  const token = shown === undefined ? null : gate.teamToken(shown);
  return token === null ? null : createTeamApi(whole, token);
}

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
}

async function answer(
  access: Access,
  whole: GatewayApi,
  gate: ControlGate,
  guessed: () => Promise<void>,
  method: string,
  inbound: Inbound,
): Promise<Answer> {
  // Public keys are for everybody.
  if (method === '.well-known/jwks.json') return json(200, 'OK', await gate.jwks());
  const api = access.allowsControl(inbound.headers) ? whole : teamApiFor(whole, gate, inbound);
  if (api === null) {
    await guessed();
    return failureAnswer({
      code: 'unauthorized',
      message: plain(text('Control calls need the gateway’s token, or that of a team.')),
      hint: plain(text('Send "Authorization: Bearer <token>".')),
    });
  }
  if (/[./]/.test(method)) return resource({ api, flush: () => gate.flush() }, inbound);
  if (api !== whole && Object.hasOwn(whole, method) && !Object.hasOwn(api, method))
    return failed(new ChannelError('forbidden', plain(text('"{0}" opens to the gateway’s token only.', method))));
  const implementation: unknown = Object.hasOwn(api, method)
    ? (api as unknown as Record<string, unknown>)[method]
    : undefined;
  if (typeof implementation !== 'function')
    return failureAnswer({
      code: 'not_found',
      message: plain(text('There is no control method "{0}".', method)),
      hint: plain(text('There are: {0}.', Object.keys(api).join(', '))),
    });
  const parameters = inbound.method === 'POST' ? parametersFrom(await bodyOf(inbound)) : null;
  if (parameters === null)
    return failureAnswer({
      code: 'bad_request',
      message: plain(text('A control call is a POST with a JSON array of parameters.')),
      hint: plain(text('Without parameters, send [].')),
    });
  try {
    return json(200, 'OK', (await Reflect.apply(implementation, api, parameters)) as unknown);
  } catch (error) {
    return failed(error);
  }
}

async function resource(parts: ResourceParts, inbound: Inbound): Promise<Answer> {
  const url = `http://${headerValue(inbound.headers, 'host') ?? ''}`;
  try {
    const { status, value } = await answerResource(parts, inbound.method, inbound.target, url, await bodyOf(inbound));
    return json(status, status === 201 ? 'Created' : 'OK', value);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Answer {
  const code = error instanceof ChannelError ? error.code : 'internal_error';
  const message = error instanceof Error ? error.message : String(error);
  const expected = error instanceof ChannelError;
  if (code === 'forbidden') return json(403, 'Forbidden', { error: { type: 'tollgate', code, message } });
  return json(expected ? 422 : 500, expected ? 'Unprocessable Content' : 'Internal Server Error', {
    error: { type: 'tollgate', code, message },
  });
}

async function bodyOf(inbound: Inbound): Promise<string> {
  const body = inbound.takeBody(() => undefined);
  if (!(body instanceof Readable)) return body?.toString() ?? '';
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    if (size > longestBody) throw new Error('The body of the control call is too long.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function parametersFrom(body: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(body === '' ? '[]' : body);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function json(status: number, reason: string, value: unknown): Answer {
  const withBytes = (_key: string, one: unknown): unknown =>
    one instanceof Uint8Array ? Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString('base64') : one;
  const body = Buffer.from(`${JSON.stringify(value ?? null, withBytes)}\n`);
  const headers = [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(body.byteLength),
    'Cache-Control',
    'no-store',
  ];
  return { status, reason, headers, body };
}
