import { Readable } from 'node:stream';

/** Request bodies up to this size are held, so that they can be sent again. */
export const mostHeld = 4 * 1024 * 1024;

/** A request's body: held whole, where it can be sent more than once; else as it comes, for one try. */
export type HeldBody =
  | { readonly kind: 'held'; readonly bytes: Buffer | null }
  | { readonly kind: 'passing'; readonly body: Readable }
  | { readonly kind: 'broken' };

/** Reads a body to its end, unless that is further than `mostHeld`. `length` is what its head promises, where it does. */
export async function holdBody(body: Readable | Buffer | null, length: number | null): Promise<HeldBody> {
  if (!(body instanceof Readable)) return { kind: 'held', bytes: body };
  if (length !== null && length > mostHeld) return { kind: 'passing', body };
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const done = (held: HeldBody): void => {
      body.off('data', take).off('end', end).off('error', broken).off('close', broken);
      resolve(held);
    };
    const take = (piece: Buffer): void => {
      // The bytes belong to whoever reads the connection.
      pieces.push(Buffer.from(piece));
      size += piece.byteLength;
      if (size <= mostHeld) return;
      body.pause();
      done({ kind: 'passing', body });
      body.unshift(Buffer.concat(pieces));
    };
    const end = (): void => done({ kind: 'held', bytes: Buffer.concat(pieces) });
    const broken = (): void => done({ kind: 'broken' });
    body.on('data', take).once('end', end).once('error', broken).once('close', broken);
  });
}
