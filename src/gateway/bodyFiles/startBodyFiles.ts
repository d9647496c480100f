import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { RedactionRules } from '../parts.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import type { BodyFileOptions, FromBodyFiles, ToBodyFiles } from './protocol.ts';
import { writeBody, type RedactPiece, type WrittenBody } from './writtenBody.ts';

/** Milliseconds for each body at the end, to get on with what waits. */
const lastWork = 400;
/** Bytes of a body after which it is told how far it is. */
const tellEvery = 8 * 1024 * 1024;

/** Milliseconds that redaction waits for while bytes come in a rush, and over which that is measured. */
const rushPause = 50;
/** So many messages about bytes within that time are a rush: some 20 MB a second. */
const rushSize = 4;

/** Runs the thread that redacts long bodies: spools in, files without secrets out. */
export function startBodyFiles(port: MessagePort, { folder, redaction }: BodyFileOptions): void {
  const bodies = new Map<string, WrittenBody>();
  let redactor = toRedactor(redaction);
  let scheduled = false;
  const rush = watchRush();
  const tell = (message: FromBodyFiles): void => port.postMessage(message);

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  };
  /** A bit of each, so that a short one need not wait for a long one. */
  const turn = (): void => {
    scheduled = false;
    if (rush.goesOn()) {
      scheduled = true;
      setTimeout(turn, rushPause);
      return;
    }
    for (const [file, body] of bodies) {
      const before = Math.floor(body.read / tellEvery);
      if (body.step()) schedule();
      if (Math.floor(body.read / tellEvery) > before) tell({ type: 'read', file, bytes: body.read });
      conclude(file, body);
    }
  };
  const conclude = (file: string, body: WrittenBody): void => {
    if (body.outcome === null) return;
    bodies.delete(file);
    tell({ type: 'kept', file, ...body.outcome });
  };

  const open = ({ file, contentType, spool }: ToBodyFiles & { readonly type: 'open' }): void => {
    try {
      const wide = `${contentType ?? 'text/plain'}; charset=utf-16`;
      const redact: RedactPiece = (bytes, cut, isWide) => redactor.body(bytes, isWide ? wide : contentType, cut).bytes;
      bodies.set(file, writeBody(path.join(folder, file), spool, redact));
    } catch {
      tell({ type: 'dropped', file });
    }
  };

  const take = (message: ToBodyFiles): void => {
    switch (message.type) {
      case 'open':
        open(message);
        return;
      case 'written':
        rush.note();
        bodies.get(message.file)?.grow(message.bytes);
        schedule();
        return;
      case 'end': {
        const body = bodies.get(message.file);
        body?.grow(message.bytes);
        body?.end(message.whole);
        schedule();
        return;
      }
      case 'drop':
        bodies.get(message.file)?.drop();
        bodies.delete(message.file);
        tell({ type: 'dropped', file: message.file });
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

/** On few cores, what comes in goes first: it cannot wait, and redaction can. */
function watchRush(): { note(): void; goesOn(): boolean } {
  const isCrowded = availableParallelism() <= 3;
  let [since, count, before] = [0, 0, 0];
  const look = (): void => {
    const now = performance.now();
    if (now - since < rushPause) return;
    before = now - since < 2 * rushPause ? count : 0;
    [since, count] = [now, 0];
  };
  return {
    note: () => {
      look();
      count++;
    },
    goesOn: () => {
      look();
      return isCrowded && Math.max(before, count) >= rushSize;
    },
  };
}
