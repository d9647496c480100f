import type { Socket } from 'node:net';

/**
 * Stops reading a connection, once what was answered on it is out, and returns what has been read and belongs to nobody.
 * Null where the client has left meanwhile.
 */
export async function stopped(socket: Socket): Promise<Buffer | null> {
  const pieces = [unread(socket)];
  // Answers go out at the end of a turn.
  await new Promise<void>((resolve) => void setImmediate(resolve));
  while (socket.writableLength > 0 && !socket.destroyed)
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off('drain', done).off('close', done);
        resolve();
      };
      socket.on('drain', done).on('close', done);
    });
  pieces.push(unread(socket));
  return socket.destroyed ? null : Buffer.concat(pieces);
}

/** Asking a stream for what it holds has it read on, so it is stopped after that. */
function unread(socket: Socket): Buffer {
  const pieces: Buffer[] = [];
  socket.pause();
  while (socket.readableLength > 0) {
    const piece = socket.read() as Buffer | null;
    if (piece === null) break;
    pieces.push(piece);
  }
  stopReading(socket);
  return Buffer.concat(pieces);
}

/** What is read while a connection is on its way to another process would be lost. */
export function stopReading(socket: Socket): void {
  const { _handle: handle } = socket as unknown as { _handle?: { reading?: boolean; readStop?: () => void } | null };
  if (handle) {
    handle.reading = false;
    handle.readStop?.();
  }
}
