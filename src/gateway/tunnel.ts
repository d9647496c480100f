import type { Duplex } from 'node:stream';
import type { TunnelWatch } from './engine.ts';

/** Passes bytes between two connections, both ways and at the slower one's pace, until one of them ends or breaks. */
export function joinTunnel(client: Duplex, upstream: Duplex, watch: TunnelWatch): void {
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    watch.ended();
    client.destroy();
    upstream.destroy();
  };
  pass(client, upstream, (bytes) => watch.sent(bytes));
  pass(upstream, client, (bytes) => watch.received(bytes));
  for (const side of [client, upstream]) side.on('error', end).on('close', end);
}

function pass(from: Duplex, to: Duplex, seen: (bytes: Uint8Array) => void): void {
  from.on('data', (bytes: Buffer) => {
    seen(bytes);
    if (!to.write(bytes)) from.pause();
  });
  from.on('end', () => to.end());
  to.on('drain', () => from.resume());
  from.resume();
}
