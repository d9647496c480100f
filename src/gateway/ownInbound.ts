import type { HeaderList } from '../shared/exchange.ts';
import type { Inbound, Reply } from './engine.ts';

/** A request that no client sent, and the way back to nobody: its answer is in the log. `done` resolves at its end. */
export function ownInbound(
  method: string,
  target: string,
  headers: HeaderList,
  body: Buffer | null,
): { readonly inbound: Inbound; readonly reply: Reply; readonly done: Promise<void> } {
  const inbound: Inbound = {
    method,
    target,
    httpVersion: '1.1',
    headers: body === null ? headers : [...headers, ['Content-Length', String(body.byteLength)]],
    client: { port: 0, ordinal: 0 },
    readAt: performance.now(),
    upgrade: null,
    origin: null,
    takeBody: (tap) => {
      if (body !== null) tap(body);
      return body;
    },
  };
  return { inbound, ...createSink() };
}

/** A reply that nobody waits for; its answer is in the log. */
function createSink(): { readonly reply: Reply; readonly done: Promise<void> } {
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((settle) => (resolve = settle));
  const reply: Reply = {
    inform: () => undefined,
    begin: () => undefined,
    write: () => true,
    onDrain: () => undefined,
    end: () => resolve(),
    destroy: () => resolve(),
    tunnel: (_status, _reason, _headers, upstream) => {
      upstream.destroy();
      resolve();
    },
    onGone: () => undefined,
  };
  return { reply, done };
}
