import { createHash } from 'node:crypto';

/** What a client offers before anything is encrypted. */
export interface ClientHello {
  /** The host that it asks for, where it tells (RFC 6066, 3). */
  readonly serverName: string | null;
  /** The protocols to be spoken inside (RFC 7301), in its order; empty where it offers none. */
  readonly protocols: readonly string[];
  /** The same for all connections of one TLS library set up in one way. */
  readonly fingerprint: string;
}

/** A hello that is longer is none (RFC 8446 has records end at 16 KB; hellos may go over several). */
const longest = 64 * 1024;

/**
 * Reads the hello that a TLS connection begins with (RFC 8446, 4.1.2, and 5.1 for the records around it). `more` where
 * it is not complete, null where this is none.
 */
export function readClientHello(bytes: Buffer): ClientHello | 'more' | null {
  const message = handshakeMessage(bytes);
  if (message === null || message === 'more') return message;
  try {
    return parse(new Reader(message));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The contents of the first handshake message, over as many records as it takes. */
function handshakeMessage(bytes: Buffer): Buffer | 'more' | null {
  const pieces: Buffer[] = [];
  let [at, size, wanted] = [0, 0, Infinity];
  while (size < wanted) {
    if (bytes.length > 0 && at < bytes.length && bytes[at] !== 0x16) return null;
    if (bytes.length < at + 5) return 'more';
    const length = bytes.readUInt16BE(at + 3);
    if (bytes[at + 1] !== 3 || length === 0 || length > 16_640) return null;
    if (bytes.length < at + 5 + length) return bytes.length > longest ? null : 'more';
    pieces.push(bytes.subarray(at + 5, at + 5 + length));
    [at, size] = [at + 5 + length, size + length];
    if (wanted !== Infinity || size < 4) continue;
    const start = Buffer.concat(pieces);
    if (start[0] !== 1) return null;
    wanted = 4 + start.readUIntBE(1, 3);
    if (wanted > longest) return null;
  }
  return Buffer.concat(pieces).subarray(4, wanted);
}

/** Extensions that come and go between connections of one client: padding, tickets, and what resumes a session. */
const perConnection: ReadonlySet<number> = new Set([21, 35, 41, 42]);

function parse(hello: Reader): ClientHello {
  const version = hello.number(2);
  hello.take(32);
  hello.block(1);
  const ciphers = hello.block(2).bytes;
  hello.block(1);
  const extensions = hello.atEnd ? null : hello.block(2);
  const kinds: number[] = [];
  let serverName: string | null = null;
  let protocols: readonly string[] = [];
  while (extensions !== null && !extensions.atEnd) {
    const kind = extensions.number(2);
    const content = extensions.block(2);
    if (!perConnection.has(kind)) kinds.push(kind);
    if (kind === 0) serverName = readServerName(content);
    else if (kind === 16) protocols = readProtocols(content);
  }
  const fingerprint = createHash('sha256').update(`${version} ${kinds.join()} ${protocols.join()} `).update(ciphers);
  return { serverName, protocols, fingerprint: fingerprint.digest('base64url').slice(0, 16) };
}

function readServerName(content: Reader): string | null {
  const list = content.block(2);
  while (!list.atEnd) {
    const kind = list.number(1);
    const name = list.block(2).bytes;
    if (kind === 0) return name.toString('latin1').toLowerCase().replace(/\.$/, '');
  }
  return null;
}

function readProtocols(content: Reader): readonly string[] {
  const list = content.block(2);
  const found: string[] = [];
  while (!list.atEnd) found.push(list.block(1).bytes.toString('latin1'));
  return found;
}

/** Takes numbers and blocks off bytes; a `RangeError` where there are too few. */
class Reader {
  readonly bytes: Buffer;
  #at = 0;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  get atEnd(): boolean {
    return this.#at >= this.bytes.length;
  }
  take(size: number): Buffer {
    if (this.#at + size > this.bytes.length) throw new RangeError('The hello is shorter than it says.');
    this.#at += size;
    return this.bytes.subarray(this.#at - size, this.#at);
  }
  number(size: number): number {
    return this.take(size).readUIntBE(0, size);
  }
  /** What a length of so many bytes announces. */
  block(lengthSize: number): Reader {
    return new Reader(this.take(this.number(lengthSize)));
  }
}
