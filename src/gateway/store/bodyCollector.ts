import { isUtf8 } from 'node:buffer';
import type { Transform } from 'node:stream';
import type { BodySink } from '../bodyFiles/bodyFileThread.ts';
import { headerValue, type BodyInfo, type HeaderList } from '../../shared/exchange.ts';
import { wholeCharacters } from '../redact/bodyText.ts';
import { decodingFor } from './contentDecoder.ts';

/** What there is of a body so far, decoded. */
export interface CollectedBody {
  readonly bytes: Uint8Array;
  /** True where more was decoded than kept. */
  readonly cut: boolean;
  /** Why it could not be decoded; null where it could. */
  readonly decodeError: string | null;
}

/** Gathers one body as it streams by, decoding it on the way and keeping `limit` decoded bytes at most. */
export interface BodyCollector {
  /** Bytes received, still encoded. */
  readonly received: number;
  /** Of them those that are in memory. */
  readonly held: number;
  write(bytes: Uint8Array): void;
  /** Counts bytes that are not there to be kept. From then on none is: a body has no holes. */
  skip(count: number): void;
  /** Waits for the decoder; null where there is nothing to wait for. */
  finish(): Promise<void> | null;
  soFar(): CollectedBody;
  /** No byte follows; `size` is how many there were on the wire, Infinity where some are missing. */
  end(size: number): void;
  /** Lets go of a decoder whose end will not come. */
  dispose(): void;
}

/** Bytes kept as received until the decoder has brought something, in case that it never does. */
const rawLimit = 65_536;
/** Encoded bytes that may wait for the decoder, once there is no other limit. */
const mostUndecoded = 8 * 1024 * 1024;

/** Opens a file for a body that turns out to be longer than the limit; null where none is kept. */
export type OpenBodyFile = () => BodySink | null;

export function createBodyCollector(encoding: string | null, limit: number, openFile?: OpenBodyFile): BodyCollector {
  const decoding = decodingFor(encoding);
  const kept = createBytes(limit);
  const raw = decoding.kind === 'coded' ? createBytes(Math.min(limit, rawLimit)) : kept;
  let received = 0;
  let decodeError: string | null = null;
  let stages: readonly Transform[] = [];
  let ended = false;
  let skipped = false;
  let done: () => void = () => undefined;
  /** Undefined while the body is no longer than what is kept of it. */
  let file: BodySink | null | undefined;

  const keep = (bytes: Uint8Array): void => {
    if (file !== undefined) {
      if (file?.write(bytes) === false) file = null;
      return;
    }
    const room = limit - kept.length;
    kept.add(bytes);
    if (!kept.cut) return;
    file = (decoding.kind === 'unknown' ? null : openFile?.()) ?? null;
    file?.write(kept.bytes());
    file?.write(bytes.subarray(room));
  };
  const endFile = (whole: boolean): void => {
    file?.end(whole);
    file = null;
  };

  const stop = (): void => {
    ended = true;
    for (const stage of stages) stage.destroy();
    done();
  };

  const start = (create: (first: Uint8Array) => readonly Transform[], first: Uint8Array): void => {
    stages = create(first);
    stages.forEach((stage, index) => {
      stage.on('error', (error) => {
        // What comes after the limit is of no interest, damage included.
        if (!ended && !kept.cut)
          decodeError = `The body is not ${encoding ?? ''}, as its header says: ${error.message}.`;
        endFile(false);
        stop();
      });
      const next = stages[index + 1];
      if (next !== undefined) stage.pipe(next);
    });
    const last = stages.at(-1);
    last?.on('data', (bytes: Uint8Array) => {
      keep(bytes);
      // A small body may unfold into terabytes; beyond the limits nobody would see them.
      if (file === null) stop();
    });
    last?.on('end', stop);
  };

  return {
    get received() {
      return received;
    },
    get held() {
      return Math.min(received, limit);
    },
    write: (bytes) => {
      received += bytes.length;
      if (bytes.length === 0 || skipped) return;
      if (decoding.kind !== 'coded') {
        keep(bytes);
        return;
      }
      if (ended) return;
      if (stages.length === 0) start(decoding.create, bytes);
      if (kept.length === 0) raw.add(bytes);
      if (file !== undefined && (stages[0]?.writableLength ?? 0) > mostUndecoded) {
        endFile(false);
        stop();
        return;
      }
      // Decoders read later, when the batch that the bytes came in is gone.
      stages[0]?.write(Buffer.from(bytes));
    },
    skip: (count) => {
      received += count;
      if (count > 0) endFile(false);
      skipped ||= count > 0;
    },
    finish: () => {
      const [first] = stages;
      if (first === undefined || ended) return null;
      const finished = new Promise<void>((resolve) => (done = resolve));
      first.end();
      return finished;
    },
    soFar: () => {
      if (decoding.kind === 'unknown') {
        const text = readableOnly(kept.bytes());
        const wasKept = text.length > 0 || received === 0;
        const reason = `The content encoding "${decoding.coding}" is not known`;
        return {
          bytes: text,
          cut: skipped || kept.cut,
          decodeError: wasKept ? `${reason}.` : `${reason}, so the body was not kept: it could hide secrets.`,
        };
      }
      // Some servers name an encoding that they did not apply.
      if (decodeError !== null && kept.length === 0)
        return { bytes: readableOnly(raw.bytes()), cut: skipped || raw.cut, decodeError };
      return { bytes: kept.bytes(), cut: skipped || kept.cut, decodeError };
    },
    end: (size) => endFile(!skipped && received >= size),
    dispose: () => {
      file?.drop();
      file = null;
      stop();
    },
  };
}

/** The bytes if they are text, else none: what cannot be read cannot be searched for secrets. */
function readableOnly(bytes: Uint8Array): Uint8Array {
  return isUtf8(wholeCharacters(bytes)) && !bytes.includes(0) ? bytes : new Uint8Array(0);
}

const nothing = new Uint8Array(0);

interface GrowingBytes {
  readonly length: number;
  readonly cut: boolean;
  add(bytes: Uint8Array): void;
  /** A view that holds until the next `add`. */
  bytes(): Uint8Array;
}

function createBytes(limit: number): GrowingBytes {
  let buffer: Uint8Array = nothing;
  let length = 0;
  let cut = false;
  return {
    get length() {
      return length;
    },
    get cut() {
      return cut;
    },
    add: (bytes) => {
      const room = limit - length;
      const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
      if (part.length < bytes.length) cut = true;
      if (length + part.length > buffer.length) {
        const grown = new Uint8Array(Math.min(limit, Math.max(length + part.length, buffer.length * 2)));
        grown.set(buffer.subarray(0, length));
        buffer = grown;
      }
      buffer.set(part, length);
      length += part.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
}

/** A body of which not all was received or kept is a beginning only. */
export function isCut(collector: BodyCollector, body: CollectedBody, size: number): boolean {
  return body.cut || collector.received < size;
}

/** What is known of a body that is being gathered. */
export function bodyInfo(headers: HeaderList, size: number, stored: number, collector: BodyCollector | null): BodyInfo {
  return {
    size,
    stored,
    truncated: collector === null ? size > 0 : isCut(collector, collector.soFar(), size),
    contentType: headerValue(headers, 'content-type') ?? null,
    encoding: headerValue(headers, 'content-encoding') ?? null,
  };
}
