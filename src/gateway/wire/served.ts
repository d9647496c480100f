import type { Socket } from 'node:net';

/** How many requests another process has answered on connections that it handed over. */
const served = new WeakMap<Socket, number>();

export function noteServed(socket: Socket, count: number): void {
  served.set(socket, count);
}

export function servedOn(socket: Socket): number {
  return served.get(socket) ?? 0;
}
