import { Worker } from 'node:worker_threads';
import type { RedactionRules } from '../parts.ts';
import type { BodyFileOptions, FromBodyFiles, ToBodyFiles } from './protocol.ts';

const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../store/storeWorker.ts' : './storeWorker.js',
  import.meta.url,
);

/** Bytes on their way to the disk beyond which what brings more has to wait, and beyond which a body is cut. */
const muchOnTheWay = 4 * 1024 * 1024;
const mostOnTheWay = 48 * 1024 * 1024;
/** Milliseconds that the thread has to end by itself. */
const endLimit = 1500;

/** Where the bytes of one long body go, decoded. */
export interface BodySink {
  /** False where this and what follows is not kept. */
  write(bytes: Uint8Array): boolean;
  /** `whole` says that nothing is missing. Once only; nothing afterwards. */
  end(whole: boolean): void;
  drop(): void;
}

/** A file that holds a body, or its beginning. */
export interface KeptFile {
  readonly file: string;
  readonly size: number;
  readonly whole: boolean;
}

/** The thread that redacts long bodies and writes them to files; it runs from the first one on. */
export interface BodyFiles {
  /** `file` is the name, `limit` the most bytes. */
  open(file: string, contentType: string | null, limit: number): BodySink;
  /** Whether the disk is behind; `onTaken` is heard when some is on it. */
  readonly isBehind: boolean;
  configure(redaction: RedactionRules): void;
  /** Ends all bodies as far as they are; each is told to `onKept` before this resolves. */
  close(): Promise<void>;
}

export function createBodyFiles(
  options: BodyFileOptions,
  onKept: (kept: KeptFile) => void,
  onTaken: () => void = () => undefined,
): BodyFiles {
  let { redaction } = options;
  let worker: Worker | null = null;
  let onTheWay = 0;
  /** Those of which bytes are wanted. */
  const wanted = new Set<string>();

  const thread = (): Worker => {
    if (worker !== null) return worker;
    const started = new Worker(workerFile, {
      workerData: { bodyFiles: { ...options, redaction } },
      name: 'tollgate bodies',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    started.on('message', (message: FromBodyFiles) => {
      if (message.type === 'taken') {
        onTheWay -= message.bytes;
        onTaken();
      } else if (message.type === 'full') wanted.delete(message.file);
      else onKept(message);
    });
    // What it was writing stays cut; the next long body starts another thread.
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      onTheWay = 0;
      wanted.clear();
      onTaken();
    });
    return (worker = started);
  };
  const post = (message: ToBodyFiles, transfer: ArrayBuffer[] = []): void => thread().postMessage(message, transfer);

  return {
    open: (file, contentType, limit) => {
      post({ type: 'open', file, contentType, limit });
      wanted.add(file);
      const end = (message: ToBodyFiles): void => {
        wanted.delete(file);
        if (worker !== null) post(message);
      };
      return {
        write: (bytes) => {
          if (!wanted.has(file)) return false;
          if (onTheWay + bytes.length > mostOnTheWay) {
            end({ type: 'end', file, whole: false });
            return false;
          }
          onTheWay += bytes.length;
          const copy = new Uint8Array(bytes);
          post({ type: 'bytes', file, bytes: copy }, [copy.buffer]);
          return true;
        },
        end: (whole) => end({ type: 'end', file, whole }),
        drop: () => end({ type: 'drop', file }),
      };
    },
    get isBehind() {
      return onTheWay > muchOnTheWay;
    },
    configure: (next) => {
      redaction = next;
      if (worker !== null) post({ type: 'configure', redaction });
    },
    close: async () => {
      if (worker === null) return;
      const ending = worker;
      const ended = new Promise<void>((resolve) => ending.on('exit', () => resolve()));
      post({ type: 'stop' });
      const timer = setTimeout(() => void ending.terminate(), endLimit);
      await ended;
      clearTimeout(timer);
    },
  };
}
