import type { Socket } from 'node:net';

/** Milliseconds for which something has to be sent. */
const patience = 1000;

/**
 * Gives a connection up whose client has ended its side, once nothing was sent to it for a while: a client that has left
 * looks the same as one that only says no more, until something is sent to it.
 */
export function destroyWhenQuiet(socket: Socket, written = socket.bytesWritten): void {
  setTimeout(() => {
    if (socket.destroyed) return;
    if (socket.bytesWritten === written) socket.destroy();
    else destroyWhenQuiet(socket);
  }, patience).unref();
}
