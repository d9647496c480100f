import type { ExchangeId, HeaderList } from '../../shared/exchange.ts';
import { hostList, type HostList } from '../intercept/hostList.ts';
import type { CaptureEvent } from '../parts.ts';
import { createAnswerTail, type AnswerTail } from './answerTail.ts';
import type { BatchEvent, BodySide } from './eventBatch.ts';

/** Body bytes on their way to the recording thread beyond which further ones are dropped, and only counted. */
const bodyBacklog = 16 * 1024 * 1024;
/** The same for what goes into files: in memory, and of all that waits, the disk included, as calls wait behind it. */
const longBacklog = { inMemory: 64 * 1024 * 1024, waiting: 1536 * 1024 * 1024 } as const;
/** And beyond which whole exchanges are left out, until half of it is worked off. */
const wholeBacklog = 40 * 1024 * 1024;

/**
 * Decides what of the events goes on to the recording thread: all heads, and of bodies what will be kept. A body of
 * which something was left out is left out from there on, so that what is kept is its beginning without holes.
 */
export interface Intake {
  /** `backlog` is how many bytes in memory the recording thread has not worked off yet; `waiting` counts the disk too. */
  take(event: CaptureEvent, backlog: number, waiting?: number): void;
  /** Bytes of each body that the recording thread would keep, and of them those for its row in the log. */
  limitBodies(bytes: number, inRow: number): void;
  /** False takes no further exchanges; those under way are recorded to their end. */
  accept(accepting: boolean): void;
  /** Takes further exchanges with these hosts only; with all where there is none. */
  limitHosts(hosts: readonly string[]): void;
  /** Forgets the exchanges under way, whose beginnings were lost. */
  forget(): void;
}

interface Passed extends Record<BodySide, number> {
  headers: HeaderList;
  /** Begun when something of the answer is left out. */
  tail: AnswerTail | null;
}

/** `onLeftOut` hears how many exchanges were left out, once there is room again. */
export function createIntake(
  pass: (event: BatchEvent, isLong?: boolean) => void,
  onLeftOut: (count: number) => void,
): Intake {
  const running = new Map<ExchangeId, Passed>();
  let bodyLimit = Infinity;
  let rowLimit = Infinity;
  let accepting = true;
  let isFull = false;
  let leftOut = 0;
  let limit: HostList | null = null;

  /** Whether there is room for one more; traffic must never fill the memory with what waits to be stored. */
  const hasRoom = (backlog: number): boolean => {
    isFull = backlog > (isFull ? wholeBacklog / 2 : wholeBacklog);
    if (isFull) leftOut++;
    else if (leftOut > 0) {
      onLeftOut(leftOut);
      leftOut = 0;
    }
    return !isFull;
  };

  const takeData = (
    event: CaptureEvent & { readonly type: `${BodySide}Data` },
    backlog: number,
    waiting: number,
  ): void => {
    const passed = running.get(event.id);
    if (passed === undefined) return;
    const side = sides[event.type];
    const { length } = event.bytes;
    const isLong = passed[side] > rowLimit;
    const isFull = isLong ? backlog > longBacklog.inMemory || waiting > longBacklog.waiting : backlog > bodyBacklog;
    const room = isFull ? 0 : bodyLimit - passed[side];
    const kept = Math.max(0, Math.min(length, room));
    // Encoded bytes are hardly ever more than decoded ones, so that the limit for these holds for those.
    passed[side] = kept < length ? Infinity : passed[side] + length;
    if (kept > 0) pass(kept < length ? { ...event, bytes: event.bytes.subarray(0, kept) } : event, isLong);
    if (kept < length && side === 'response') {
      passed.tail ??= createAnswerTail(passed.headers);
      passed.tail?.add(event.bytes.subarray(kept));
    }
    if (kept < length) pass({ type: `${side}Skipped`, id: event.id, count: length - kept });
  };

  return {
    take: (event, backlog, waiting = backlog) => {
      switch (event.type) {
        case 'begin':
          if (!accepting || (limit !== null && !isAmong(limit, event.url))) return;
          if (!hasRoom(backlog)) return;
          running.set(event.id, {
            ...{ request: 0, response: 0, clientRequest: 0, clientResponse: 0 },
            ...{ headers: [], tail: null },
          });
          pass(event);
          return;
        case 'requestData':
        case 'responseData':
        case 'clientRequestData':
        case 'clientResponseData':
          takeData(event, backlog, waiting);
          return;
        case 'target': {
          const passed = running.get(event.id);
          if (passed === undefined) return;
          passed.request = 0;
          pass(event);
          return;
        }
        case 'attempt':
        case 'stage':
        case 'change':
          if (running.has(event.id)) pass(event);
          return;
        case 'response': {
          const passed = running.get(event.id);
          if (passed === undefined) return;
          passed.headers = event.headers;
          pass(event);
          return;
        }
        case 'end': {
          const passed = running.get(event.id);
          if (passed === undefined) return;
          running.delete(event.id);
          if (passed.tail !== null) pass({ type: 'responseTail', id: event.id, text: passed.tail.text() });
          pass(event);
        }
      }
    },
    limitBodies: (bytes, inRow) => ([bodyLimit, rowLimit] = [bytes, inRow]),
    accept: (value) => (accepting = value),
    limitHosts: (hosts) => (limit = hosts.length === 0 ? null : hostList(hosts)),
    forget: () => running.clear(),
  };
}

const sides = {
  requestData: 'request',
  responseData: 'response',
  clientRequestData: 'clientRequest',
  clientResponseData: 'clientResponse',
} as const;

function isAmong(hosts: HostList, address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
  return hosts.has(url.hostname.replace(/^\[|\]$/g, ''), port);
}
