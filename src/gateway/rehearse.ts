import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { HeaderList } from '../shared/exchange.ts';
import { simulatedHeader, type SimulationPlan } from '../shared/simulation.ts';
import { simulation } from '../simulations/index.ts';
import type { Inbound, Reply } from './engine.ts';
import type { ExchangeTap } from './exchangeTap.ts';
import type { ResolvedApi } from './parts.ts';

/** Of longer requests only the beginning is looked at for the model and the like. */
const mostRead = 256 * 1024;

/** One call to be refused without its upstream being touched. */
export interface Rehearsal {
  readonly inbound: Inbound;
  readonly reply: Reply;
  readonly api: ResolvedApi;
  readonly plan: SimulationPlan;
  readonly tap: ExchangeTap;
  /** Heard once, when the answer is complete or the client has left. */
  readonly ended: (state: 'complete' | 'aborted') => void;
}

/** Reads the request to its end, as the vendor would, and answers with the vendor's refusal. */
export function rehearse({ inbound, reply, api, plan, tap, ended }: Rehearsal): void {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const body = inbound.takeBody((bytes) => {
    tap.requestData(bytes);
    // The bytes belong to whoever reads the connection.
    if (size < mostRead) pieces.push(Uint8Array.from(bytes));
    size += bytes.byteLength;
  });
  let gone = false;
  const leave = (): void => {
    if (gone) return;
    gone = true;
    reply.destroy();
    ended('aborted');
  };
  const answer = (): void => {
    if (gone) return;
    send(reply, tap, api, plan, inbound, Buffer.concat(pieces).toString('utf8'));
    gone = true;
    ended('complete');
  };
  reply.onGone(leave);
  if (!(body instanceof Readable)) {
    answer();
    return;
  }
  body.once('end', answer).once('error', leave);
  body.resume();
}

function send(
  reply: Reply,
  tap: ExchangeTap,
  api: ResolvedApi,
  plan: SimulationPlan,
  inbound: Inbound,
  request: string,
): void {
  const { status, reason, headers, bytes } = rehearsedAnswer(api, plan, inbound.target, request);
  tap.response(status, reason, headers);
  tap.responseData(bytes);
  reply.begin(status, reason, headers.flat());
  reply.write(bytes);
  reply.end([]);
}

/** The vendor's refusal of a request; `target` is the request's, `request` its body. */
export function rehearsedAnswer(
  api: ResolvedApi,
  { cause, midStream }: SimulationPlan,
  target: string,
  request: string,
): { readonly status: number; readonly reason: string; readonly headers: HeaderList; readonly bytes: Buffer } {
  const provider = api.provider?.id ?? null;
  const path = target.replace(/[?#].*$/s, '');
  const refusal = simulation(provider, cause, {
    ...asked(request, path),
    id: randomBytes(16).toString('hex'),
    path,
    midStream: midStream === true && streams(request, path),
  });
  if (refusal === null) throw new Error(`There is no simulation of ${cause}.`);
  const bytes = Buffer.from(refusal.body);
  const headers = [
    ...refusal.headers,
    ['Content-Length', String(bytes.byteLength)] as const,
    [simulatedHeader, `${provider ?? api.name}:${cause}`] as const,
  ];
  return { status: refusal.status, reason: STATUS_CODES[refusal.status] ?? '', headers, bytes };
}

/** The model and the tokens that a request asks for, where it says so. */
function asked(request: string, path: string): { readonly model?: string; readonly tokens?: number } {
  const model =
    /"model"\s*:\s*"([^"\\]{1,120})"/.exec(request)?.[1] ?? /\/models\/([^/:?#]{1,120})[:/]?/.exec(path)?.[1];
  const tokens = /"(?:max_tokens|max_completion_tokens|max_output_tokens|maxOutputTokens)"\s*:\s*(\d{1,9})/.exec(
    request,
  )?.[1];
  return { ...(model === undefined ? {} : { model }), ...(tokens === undefined ? {} : { tokens: Number(tokens) }) };
}

function streams(request: string, path: string): boolean {
  return /"stream"\s*:\s*true/.test(request) || path.includes(':streamGenerateContent');
}
