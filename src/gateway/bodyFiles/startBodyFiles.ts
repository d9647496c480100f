import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import type { RedactionRules } from '../parts.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { letGo } from './letGo.ts';
import type { BodyFileOptions, FromBodyFiles, ToBodyFiles } from './protocol.ts';
import { writeBody, type RedactPiece, type WrittenBody } from './writtenBody.ts';

/** Milliseconds for each body at the end, to get on with what waits. */
const lastWork = 400;
/** Where cores are few, redaction waits while so many bytes come within so many milliseconds. */
const rush = { bytes: 1024 * 1024, milliseconds: 50 } as const;
const isCrowded = availableParallelism() <= 3;

/** Runs the thread that writes long bodies to files: bytes in, files without secrets out. */
export function startBodyFiles(port: MessagePort, { folder, redaction }: BodyFileOptions): void {
  const bodies = new Map<string, WrittenBody>();
  let redactor = toRedactor(redaction);
  let scheduled = false;
  /** Bytes that came since it was looked last. */
  let came = 0;
  let lookedAt = 0;
  let isRush = false;
  const tell = (message: FromBodyFiles): void => port.postMessage(message);

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  };
  /** What comes in is on the disk; who sends it needs the processor now. */
  const rushes = (): boolean => {
    const now = performance.now();
    if (now - lookedAt >= rush.milliseconds) {
      isRush = isCrowded && came > rush.bytes;
      [came, lookedAt] = [0, now];
    }
    return isRush;
  };
  /** A bit of each, so that a short one need not wait for a long one. */
  const turn = (): void => {
    if (rushes()) {
      setTimeout(turn, rush.milliseconds);
      return;
    }
    scheduled = false;
    for (const [file, body] of bodies) {
      if (body.step()) schedule();
      if (body.outcome !== null) conclude(file, body);
    }
  };
  const conclude = (file: string, body: WrittenBody): void => {
    if (body.outcome === null) return;
    bodies.delete(file);
    tell({ type: 'kept', file, ...body.outcome });
  };

  const open = (file: string, contentType: string | null, limit: number): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const wide = `${contentType ?? 'text/plain'}; charset=utf-16`;
      const redact: RedactPiece = (bytes, cut, isWide) => redactor.body(bytes, isWide ? wide : contentType, cut).bytes;
      bodies.set(file, writeBody(folder, file, limit, redact));
    } catch {
      tell({ type: 'full', file });
    }
  };

  const take = (message: ToBodyFiles): void => {
    switch (message.type) {
      case 'open':
        open(message.file, message.contentType, message.limit);
        return;
      case 'bytes': {
        const body = bodies.get(message.file);
        if (body !== undefined && !body.take(message.bytes)) tell({ type: 'full', file: message.file });
        came += message.bytes.length;
        tell({ type: 'taken', bytes: message.bytes.length });
        letGo(message.bytes);
        schedule();
        return;
      }
      case 'end':
        bodies.get(message.file)?.end(message.whole);
        schedule();
        return;
      case 'drop':
        bodies.get(message.file)?.drop();
        bodies.delete(message.file);
        return;
      case 'configure':
        redactor = toRedactor(message.redaction);
        return;
      case 'stop':
        for (const [file, body] of bodies) {
          const until = Date.now() + lastWork;
          while (body.step() && Date.now() < until);
          body.stop();
          conclude(file, body);
        }
        port.close();
    }
  };
  port.on('message', (message: ToBodyFiles) => take(message));
}

function toRedactor(rules: RedactionRules): Redactor {
  // What is wrong with patterns is told by the recording thread, which has the same.
  return createRedactor(rules, () => undefined);
}
