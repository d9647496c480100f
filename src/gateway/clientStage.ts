import type { HeaderList } from '../shared/exchange.ts';
import type { Change } from '../shared/stages.ts';
import type { Inbound, Reply } from './engine.ts';
import type { ExchangeTap } from './exchangeTap.ts';
import { toHeaderList } from './headers.ts';

/** The client's side of a call that goes out otherwise than it came in, for the log. */
export interface ClientStage {
  /** The way to the client, watched. */
  readonly reply: Reply;
  /** Hears of the exchange; its end then waits for the client's answer to be out. */
  watched(tap: ExchangeTap): void;
  changed(change: Change): void;
  /** Hears once that the answer is out, or will not come. */
  onOver(listener: () => void): void;
}

/** `body` is the request's, as the client sent it. */
export function clientStage(
  inbound: Pick<Inbound, 'method' | 'target' | 'httpVersion'> & { readonly headers: HeaderList },
  body: Buffer,
  reply: Reply,
): ClientStage {
  let tap: ExchangeTap | null = null;
  let release: () => void = () => undefined;
  const early: Change[] = [];
  const tell = (status: number, reason: string, raw: readonly string[]): void =>
    tap?.stage({ side: 'clientResponse', status, reason, httpVersion: '1.1', headers: toHeaderList(raw) });
  const over: (() => void)[] = [];
  const ended = (): void => {
    release();
    for (const listener of over.splice(0)) listener();
  };
  const gone: (() => void)[] = [ended];
  reply.onGone(() => {
    for (const listener of gone) listener();
  });
  return {
    watched: (exchange) => {
      if (tap !== null) return;
      tap = exchange;
      release = exchange.hold();
      const { method, target: path, httpVersion, headers } = inbound;
      exchange.stage({ side: 'clientRequest', method, path, httpVersion, headers });
      exchange.stageData('clientRequest', body);
      for (const change of early.splice(0)) exchange.change(change);
    },
    changed: (change) => {
      if (tap === null) early.push(change);
      else tap.change(change);
    },
    onOver: (listener) => void over.push(listener),
    reply: {
      inform: (status, headers) => reply.inform(status, headers),
      begin: (status, reason, headers) => {
        tell(status, reason, headers);
        reply.begin(status, reason, headers);
      },
      write: (bytes) => {
        tap?.stageData('clientResponse', bytes);
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
