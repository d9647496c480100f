import { headerValue } from '../shared/exchange.ts';
import type { Change } from '../shared/stages.ts';
import type { Inbound, RawHeaders, Reply } from './engine.ts';
import type { ExchangeTap } from './exchangeTap.ts';
import type { BodyFilter } from './guardrails/bodyFilter.ts';
import type { GuardCall } from './guardrails/guardCall.ts';
import { toHeaderList, valueIn } from './headers.ts';

/** The client's side of a call that goes out otherwise than it came in, for the log. */
export interface ClientStage {
  /** The way to the client, watched. Any number may listen whether it left. */
  readonly reply: Reply;
  /** Hears of the exchange; its end then waits for the client's answer to be out. */
  watched(tap: ExchangeTap): void;
  changed(change: Change): void;
  /** What guardrails find is told at the end, and nothing of it is in the log. The first one keeps the log clean. */
  guard(call: GuardCall): void;
  /** Hears once that the answer is out, or will not come. */
  onOver(listener: () => void): void;
}

/** `body` is the request's, as the client sent it. */
export function clientStage(
  inbound: Pick<Inbound, 'method' | 'target' | 'httpVersion' | 'headers'>,
  body: Buffer,
  reply: Reply,
): ClientStage {
  let tap: ExchangeTap | null = null;
  let release: () => void = () => undefined;
  let veil: BodyFilter | null = null;
  const guards: GuardCall[] = [];
  const early: Change[] = [];
  const over: (() => void)[] = [];
  const changed = (change: Change): void => {
    if (tap === null) early.push(change);
    else tap.change(change);
  };
  const ended = (): void => {
    const rest = veil?.end();
    if (rest !== undefined && rest.byteLength > 0) tap?.stageData('clientResponse', rest);
    veil = null;
    for (const call of guards) for (const change of call.changes()) changed(change);
    release();
    for (const listener of over.splice(0)) listener();
  };
  const gone: (() => void)[] = [ended];
  reply.onGone(() => {
    for (const listener of gone) listener();
  });
  const begin = (status: number, reason: string, raw: RawHeaders): void => {
    veil = guards[0]?.logged(valueIn(raw, 'content-type') ?? '') ?? null;
    tap?.stage({ side: 'clientResponse', status, reason, httpVersion: '1.1', headers: toHeaderList(raw) });
  };
  return {
    watched: (exchange) => {
      if (tap !== null) return;
      tap = exchange;
      release = exchange.hold();
      const { method, target: path, httpVersion, headers } = inbound;
      exchange.stage({ side: 'clientRequest', method, path, httpVersion, headers });
      const [guard] = guards;
      if (guard !== undefined) exchange.veil = (type) => guard.logged(type);
      const type = headerValue(headers, 'content-type') ?? '';
      exchange.stageData('clientRequest', guard === undefined ? body : guard.veiled(body, type));
      for (const change of early.splice(0)) exchange.change(change);
    },
    changed,
    guard: (call) => void guards.push(call),
    onOver: (listener) => void over.push(listener),
    reply: {
      inform: (status, headers) => reply.inform(status, headers),
      begin: (status, reason, headers) => {
        begin(status, reason, headers);
        reply.begin(status, reason, headers);
      },
      write: (bytes) => {
        tap?.stageData('clientResponse', veil === null ? bytes : veil.push(bytes));
        return reply.write(bytes);
      },
      onDrain: (listener) => reply.onDrain(listener),
      end: (trailers) => {
        reply.end(trailers);
        ended();
      },
      destroy: () => {
        reply.destroy();
        ended();
      },
      tunnel: (...all) => reply.tunnel(...all),
      onGone: (listener) => void gone.push(listener),
    },
  };
}
