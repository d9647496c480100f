import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const pieceSize = 1024 * 1024;

/**
 * The text of a file, piece by piece: UTF-8 or UTF-16 with or without a byte order mark, perhaps compressed by gzip. A
 * compressed file that ends early gives what it has, then `onCut`. `onRead` hears how many bytes of the file were read.
 */
export async function* fileText(
  file: string,
  onRead: (bytes: number) => void,
  onCut: () => void,
): AsyncGenerator<string> {
  const source = createReadStream(file, { highWaterMark: pieceSize });
  let read = 0;
  source.on('data', (piece) => onRead((read += piece.length)));
  const bytes = piecesOf(source, onCut);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  try {
    for await (const piece of bytes) {
      decoder ??= decoderFor(piece);
      yield decoder.decode(piece, { stream: true });
    }
    if (decoder !== null) yield decoder.decode();
  } finally {
    source.destroy();
  }
}

async function* piecesOf(source: Readable, onCut: () => void): AsyncGenerator<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await pieces.next();
  if (first.done === true) return;
  const rest = async function* (): AsyncGenerator<Buffer> {
    yield first.value;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  };
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* rest();
    return;
  }
  const unzip = createGunzip();
  const feed = async (): Promise<void> => {
    for await (const piece of rest()) if (!unzip.write(piece)) await drained(unzip);
    unzip.end();
  };
  const fed = feed().catch((error: unknown) =>
    unzip.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const piece of unzip as AsyncIterable<Buffer>) yield piece;
  } catch {
    onCut();
  }
  await fed;
}

async function drained(stream: NodeJS.WritableStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}

/** By the byte order mark, or by the zeros that UTF-16 has in its ASCII. */
function decoderFor([a = 0, b = 0]: Uint8Array): InstanceType<typeof TextDecoder> {
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return new TextDecoder('utf-16le');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0)) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}
