import { Worker } from 'node:worker_threads';
import type { RedactionRules } from '../parts.ts';
import type { BodyFileOptions, FromBodyFiles, ToBodyFiles } from './protocol.ts';
import { spoolBody, type SpooledBody } from './spooledBody.ts';

const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../store/storeWorker.ts' : './storeWorker.js',
  import.meta.url,
);

/** Bytes of a body after which the thread hears of them. */
const tellEvery = 256 * 1024;
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

/**
 * Long bodies go into spools at the speed of the disk; a thread, which runs from the first one on, redacts them from there
 * into their files as fast as it can.
 */
export interface BodyFiles {
  /** `file` is the name, `limit` the most bytes. Null where nothing can be written. */
  open(file: string, contentType: string | null, limit: number): BodySink | null;
  configure(redaction: RedactionRules): void;
  /** Ends all bodies as far as they are; each is told to `onKept` before this resolves. */
  close(): Promise<void>;
}

export function createBodyFiles(options: BodyFileOptions, onKept: (kept: KeptFile) => void): BodyFiles {
  let { redaction } = options;
  let worker: Worker | null = null;
  /** Until the thread has done with them: their handles are its own, too. */
  const spools = new Map<string, SpooledBody>();

  const release = (file: string): void => {
    spools.get(file)?.close();
    spools.delete(file);
  };

  const thread = (): Worker => {
    if (worker !== null) return worker;
    const started = new Worker(workerFile, {
      workerData: { bodyFiles: { ...options, redaction } },
      name: 'tollgate bodies',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    started.on('message', (message: FromBodyFiles) => {
      if (message.type === 'read') {
        spools.get(message.file)?.noteRead(message.bytes);
        return;
      }
      release(message.file);
      if (message.type === 'kept') onKept(message);
    });
    // What it was writing stays cut; the next long body starts another thread.
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      for (const file of [...spools.keys()]) release(file);
    });
    return (worker = started);
  };

  const sink = (file: string, spool: SpooledBody): BodySink => {
    let told = 0;
    let ended = false;
    const finish = (message: ToBodyFiles): void => {
      if (!ended && spools.get(file) === spool) worker?.postMessage(message);
      ended = true;
    };
    const end = (whole: boolean): void => finish({ type: 'end', file, bytes: spool.written, whole });
    return {
      write: (bytes) => {
        // A spool that was released may not be written to: its handle may be another file's.
        if (ended || spools.get(file) !== spool) return false;
        if (!spool.take(bytes)) {
          end(false);
          return false;
        }
        if (spool.written - told < tellEvery) return true;
        told = spool.written;
        worker?.postMessage({ type: 'written', file, bytes: told } satisfies ToBodyFiles);
        return true;
      },
      end,
      drop: () => finish({ type: 'drop', file }),
    };
  };

  return {
    open: (file, contentType, limit) => {
      try {
        const spool = spoolBody(options.folder, file, limit);
        spools.set(file, spool);
        thread().postMessage({ type: 'open', file, contentType, spool: spool.access } satisfies ToBodyFiles);
        return sink(file, spool);
      } catch {
        release(file);
        return null;
      }
    },
    configure: (next) => {
      redaction = next;
      worker?.postMessage({ type: 'configure', redaction } satisfies ToBodyFiles);
    },
    close: async () => {
      if (worker === null) return;
      const ending = worker;
      const ended = new Promise<void>((resolve) => ending.on('exit', () => resolve()));
      ending.postMessage({ type: 'stop' } satisfies ToBodyFiles);
      const timer = setTimeout(() => void ending.terminate(), endLimit);
      await ended;
      clearTimeout(timer);
    },
  };
}
