import { createAnswerTail } from './answerTail.ts';
import { noteArrival } from './arrivals.ts';
import type { BodyCollector } from './bodyCollector.ts';
import type { OpenExchange } from './openExchange.ts';

/** Wire bytes of unsaved bodies beyond which further ones are counted but not kept. */
const memoryLimit = 256 * 1024 * 1024;

/** Gives bytes to collectors as long as all that they hold in memory is not too much. */
export interface BodyMemory {
  write(collector: BodyCollector | null, bytes: Uint8Array): void;
  skip(collector: BodyCollector | null, count: number): void;
  /** What it held is saved, or of no use any more. */
  release(collector: BodyCollector | null | undefined): void;
  releaseAll(open: OpenExchange): void;
}

export function createBodyMemory(): BodyMemory {
  let held = 0;
  const counted = (collector: BodyCollector, change: () => void): void => {
    const before = collector.held;
    change();
    held += collector.held - before;
  };
  const release = (collector: BodyCollector | null | undefined): void => {
    held -= collector?.held ?? 0;
  };
  return {
    write: (collector, bytes) => {
      if (collector === null) return;
      counted(collector, () => (held < memoryLimit ? collector.write(bytes) : collector.skip(bytes.length)));
    },
    skip: (collector, count) => {
      if (collector !== null) counted(collector, () => collector.skip(count));
    },
    release,
    releaseAll: (open) => bodiesOf(open).forEach(release),
  };
}

/** All that are gathered for an exchange. */
export function bodiesOf({ requestBody, responseBody, stages }: OpenExchange): readonly BodyCollector[] {
  const bodies = [requestBody, responseBody, stages?.request?.body, stages?.response?.body];
  return bodies.filter((body) => body !== null && body !== undefined);
}

/** Bytes received of all of them. */
export function receivedBytes(open: OpenExchange): number {
  return bodiesOf(open).reduce((sum, { received }) => sum + received, 0);
}

/** Nothing follows: files of long bodies are ended, and said to be whole where they are. */
export function endBodies({ requestBody, responseBody, end }: OpenExchange): void {
  requestBody.end(end?.requestSize ?? Infinity);
  responseBody?.end(end?.state === 'complete' ? end.responseSize : Infinity);
}

/** Hears of a piece of the upstream's answer. */
export function followAnswer(open: OpenExchange, bytes: Uint8Array): void {
  noteArrival(open, 1, bytes.length, Date.now());
  followTail(open, bytes);
}

/** What an answer cost is told at its end, which is not in memory where it goes on in a file. */
function followTail(open: OpenExchange, bytes: Uint8Array): void {
  const { response, responseBody } = open;
  if (response === null || responseBody === null || responseBody.received <= responseBody.held) return;
  open.tail ??= createAnswerTail(response.headers);
  open.tail?.add(bytes);
}
