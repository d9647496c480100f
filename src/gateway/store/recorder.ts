import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { CallNotes } from '../callSites/callNotes.ts';
import type { CallTracing } from '../origin/callTracing.ts';
import { createOriginDesk } from '../origin/originDesk.ts';
import type { Origins } from '../origin/origins.ts';
import type { Pricing } from '../cost/pricing.ts';
import { amended, type Redactor } from '../redact/redactor.ts';
import { noteArrival } from './arrivals.ts';
import type { BodyCollector } from './bodyCollector.ts';
import { bodiesOf, createBodyMemory, endBodies, followAnswer, receivedBytes } from './bodyMemory.ts';
import { savingAtEnd, savingSoFar, type Diagnose } from './concluded.ts';
import type { RecordedEvent } from './eventBatch.ts';
import { summaryOf } from './exchangeRow.ts';
import { createLateNotes } from './lateNotes.ts';
import { learned } from './learned.ts';
import { collectorFor, inOrder, openExchange, retarget, type Keeping, type OpenExchange } from './openExchange.ts';
import { beginStage, stageBody } from './openStages.ts';
import type { Saving } from './store.ts';

/** Milliseconds between two reports of a body that only grows. */
const growthInterval = 500;
/** Exchanges kept for another try while the store cannot be written; beyond, the oldest are given up. */
const waitingLimit = 5000;

export interface RecorderOptions {
  readonly callNotes: CallNotes;
  readonly origins: Origins;
  readonly redactor: () => Redactor;
  /** Must not throw. */
  readonly diagnose: Diagnose;
  readonly pricing: Pricing;
  readonly keeping: () => Keeping;
  /** Saves in one transaction and gives the numbers; null where that failed and is to be tried again later. */
  readonly save: (savings: readonly Saving[]) => readonly number[] | null;
  readonly onChanged: (rows: readonly ExchangeSummary[]) => void;
  /** An exchange could not be recorded; the error is a mistake of ours. */
  readonly onLost: (error: unknown) => void;
  /** Asks for `commit` to be called soon. */
  readonly onDirty: () => void;
}

/** Turns events into rows: gathers, joins call sites, redacts, diagnoses, saves, tells. */
export interface Recorder {
  /** How many exchanges have changed since the last commit. */
  readonly unsaved: number;
  take(event: RecordedEvent): void;
  /** Saves what changed; with `everything`, also the bodies that running exchanges have so far. */
  commit(everything: boolean): void;
  /** Resolves once the decoders of ended exchanges are done, so that a commit saves them whole. */
  settled(): Promise<void>;
  /** Forgets the rows of running exchanges, after the store was emptied. */
  renumber(): void;
  readonly running: ReadonlyMap<ExchangeId, unknown>;
  /** Whether a running exchange has received bytes of its bodies since they were saved. */
  hasGrown(): boolean;
  /** Looks for awaited call notes a last time, at once. */
  finish(): void;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const running = new Map<ExchangeId, OpenExchange>();
  const dirty = new Set<OpenExchange>();
  const concluding = new Set<Promise<void>>();
  /** By number; what is found out last has all that was found out before. */
  let amendments = new Map<number, Saving>();
  const memory = createBodyMemory();
  let highest = 0;
  /** How often it was cleared; what was in it before stays gone. */
  let log = 0;

  const mark = (open: OpenExchange): void => {
    dirty.add(open);
    options.onDirty();
  };

  const learn = (tracing: CallTracing): void => {
    tracing.caller ??= options.callNotes.take(tracing.request);
    if (tracing.caller !== null) desk.noted(tracing);
  };
  /** More is known of who made a call, which may have been saved already. */
  const traced = (tracing: CallTracing): void => {
    const open = running.get(tracing.id);
    if (open !== undefined) mark(open);
    if (tracing.saved?.log !== log) return;
    const { number, exchange } = tracing.saved;
    tracing.saved = { log, number, exchange: learned(tracing, exchange, options.redactor()) };
    amendments.set(number, tracing.saved);
    options.onDirty();
  };
  const lateNotes = createLateNotes(options.callNotes, (tracing) => {
    traced(tracing);
    desk.noted(tracing);
  });
  const desk = createOriginDesk({
    origins: options.origins,
    learn,
    together: (work) => options.callNotes.together(work),
    onFound: traced,
  });

  const write = (open: OpenExchange, collector: BodyCollector | null, bytes: Uint8Array): void => {
    memory.write(collector, bytes);
    grow(open);
  };

  const skip = (open: OpenExchange, collector: BodyCollector | null, count: number): void => {
    memory.skip(collector, count);
    grow(open);
  };

  const grow = (open: OpenExchange): void => {
    const now = Date.now();
    if (now - open.grewAt < growthInterval) return;
    open.grewAt = now;
    mark(open);
  };

  const conclude = (open: OpenExchange): void => {
    if (open.answerTail === '') open.answerTail = open.tail?.text() ?? '';
    const decoding = bodiesOf(open)
      .map((one) => one.finish())
      .filter((wait) => wait instanceof Promise);
    const prices = (): Promise<void> | null => {
      const answer = open.responseBody?.soFar().bytes;
      return answer === undefined ? null : options.pricing.wait(answer, open.answerTail);
    };
    if (decoding.length === 0) endBodies(open);
    const waits =
      decoding.length === 0
        ? prices()
        : Promise.all(decoding).then(() => {
            endBodies(open);
            return prices();
          });
    if (waits === null) {
      mark(open);
      return;
    }
    // Until its decoders are done it stays out of commits, or it would be saved without its end.
    dirty.delete(open);
    const wait = waits.then(() => {
      concluding.delete(wait);
      mark(open);
    });
    concluding.add(wait);
  };

  const toSaving = (open: OpenExchange, everything: boolean): Saving => {
    if (open.tracing.caller === null) learn(open.tracing);
    return open.end === null
      ? savingSoFar(open, options.redactor(), everything)
      : savingAtEnd(open, options.redactor(), options.diagnose, options.pricing);
  };

  /** One exchange that cannot be recorded must not take the others with it. */
  const savingsOf = (opens: Iterable<OpenExchange>, everything: boolean): Map<OpenExchange, Saving> => {
    const savings = new Map<OpenExchange, Saving>();
    for (const open of opens) {
      try {
        savings.set(open, toSaving(open, everything));
      } catch (error) {
        giveUp(open);
        options.onLost(error);
      }
    }
    return savings;
  };

  const giveUp = (open: OpenExchange): void => {
    memory.releaseAll(open);
    dirty.delete(open);
    running.delete(open.begin.id);
  };

  /** A finding is worth showing even where it cannot be stored; its number is a guess until it can. */
  const tellUnsaved = (changed: ReadonlyMap<OpenExchange, Saving>): void => {
    const untold = [...changed].filter(([open, { exchange }]) => open.toldUnsaved !== exchange.state);
    for (const [open, { exchange }] of untold) open.toldUnsaved = exchange.state;
    const rows = untold.map(([open, { exchange }], index) => ({
      ...summaryOf(exchange),
      number: open.number ?? highest + index + 1,
    }));
    if (rows.length > 0) options.onChanged(rows);
  };

  const saved = (open: OpenExchange, saving: Saving, number: number): void => {
    open.number = number;
    if (saving.request !== undefined) open.savedBytes = receivedBytes(open);
    if (open.end === null) return;
    memory.releaseAll(open);
    open.tracing.saved = { log, number, exchange: saving.exchange };
    if (open.tracing.caller === null) lateNotes.await(open.tracing);
  };

  return {
    get unsaved() {
      return dirty.size;
    },
    take: (event) => {
      if (event.type === 'begin') {
        const open = openExchange(event, options.keeping());
        running.set(event.id, open);
        if (event.replayOf === null) desk.begun(open.tracing);
        mark(open);
        return;
      }
      const open = running.get(event.id);
      if (open === undefined) return;
      switch (event.type) {
        case 'requestData':
          write(open, open.requestBody, event.bytes);
          noteArrival(open, 0, event.bytes.length, Date.now());
          return;
        case 'responseData':
          write(open, open.responseBody, event.bytes);
          followAnswer(open, event.bytes);
          return;
        case 'target':
          memory.release(open.requestBody);
          retarget(open, event, options.keeping());
          mark(open);
          return;
        case 'stage':
          beginStage(
            (open.stages ??= { request: null, response: null, changes: [] }),
            event.head,
            options.keeping().limit,
          );
          return;
        case 'change':
          (open.stages ??= { request: null, response: null, changes: [] }).changes.push(event.change);
          return;
        case 'clientRequestData':
          write(open, stageBody(open.stages, 'clientRequest'), event.bytes);
          return;
        case 'clientResponseData':
          write(open, stageBody(open.stages, 'clientResponse'), event.bytes);
          return;
        case 'clientRequestSkipped':
        case 'clientResponseSkipped': {
          const side = event.type === 'clientRequestSkipped' ? 'clientRequest' : 'clientResponse';
          skip(open, stageBody(open.stages, side), event.count);
          return;
        }
        case 'requestSkipped':
        case 'responseSkipped':
          skip(open, event.type === 'requestSkipped' ? open.requestBody : open.responseBody, event.count);
          return;
        case 'responseTail':
          open.answerTail = event.text;
          return;
        case 'response':
          open.response = event;
          memory.release(open.responseBody);
          open.responseBody?.dispose();
          open.responseBody = collectorFor(event.id, 'response', event.headers, options.keeping());
          mark(open);
          return;
        case 'attempt':
          open.attempts.push(event.attempt);
          return;
        case 'end':
          open.end = event;
          running.delete(event.id);
          conclude(open);
      }
    },
    commit: (everything) => {
      const opens = inOrder(new Set(everything ? [...dirty, ...running.values()] : dirty));
      const changed = options.callNotes.together(() => savingsOf(opens, everything));
      const savings = [...changed.values(), ...amendments.values()];
      if (savings.length === 0) return;
      const numbers = options.save(savings);
      if (numbers === null) {
        tellUnsaved(changed);
        for (const open of [...dirty].slice(0, Math.max(0, dirty.size - waitingLimit))) giveUp(open);
        return;
      }
      dirty.clear();
      amendments = new Map();
      [...changed].forEach(([open, saving], index) => saved(open, saving, numbers[index] ?? 0));
      highest = Math.max(highest, ...numbers);
      options.onChanged(
        savings.map(({ exchange }, index) => summaryOf(amended(exchange, { number: numbers[index] ?? 0 }))),
      );
    },
    settled: async () => {
      while (concluding.size > 0) await Promise.all(concluding);
    },
    renumber: () => {
      log++;
      for (const open of [...running.values(), ...dirty]) open.number = null;
      amendments = new Map();
      lateNotes.clear();
    },
    running,
    hasGrown: () => [...running.values()].some((open) => receivedBytes(open) > open.savedBytes),
    finish: () => lateNotes.finish(),
  };
}
