import path from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { diagnose } from '../../rules/index.ts';
import { ChannelError, openChannel } from '../../shared/channel.ts';
import { openCallNotes, type CallNotes } from '../callSites/callNotes.ts';
import { valueIn } from '../headers.ts';
import type { RedactionRules } from '../parts.ts';
import { openOrigins } from '../origin/origins.ts';
import { refreshedModelsName, useRefreshedModels } from '../ai/modelPrice.ts';
import { createPricing } from '../cost/pricing.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { readBatch, type EventBatch } from './eventBatch.ts';
import { harPieces } from './har.ts';
import { endsOf } from './lostWorker.ts';
import type { OnProblem, RecordingProblem } from './problem.ts';
import type { Queries } from './queries.ts';
import { openLongBodies } from './longBodies.ts';
import { createRecorder } from './recorder.ts';
import { openStoreSession } from './storeSession.ts';
import { openWatch } from './openWatch.ts';
import { createTurns } from './turns.ts';
import { isBatchMessage, type WorkerApi, type WorkerEvents, type WorkerOptions } from './workerProtocol.ts';

/** Milliseconds that changes are gathered for before they are saved and told. */
const commitDelay = 30;
/** Changed exchanges, and bytes of events, at which is saved at once: under load no timer gets its turn. */
const mostUnsaved = { exchanges: 400, bytes: 4 * 1024 * 1024 };
/** Milliseconds between two attempts to save while the store cannot be written. */
const retryDelay = 1000;
/** Milliseconds between two saves of what running exchanges have of their bodies, so that a crash loses little. */
const snapshotInterval = 2000;
/** Milliseconds between two looks at what is too old or too much. */
const retentionInterval = 15_000;

/** Runs the recording thread: events in; rows, problems and answers out. */
export function startStoreWorker(port: MessagePort, options: WorkerOptions): void {
  let { settings, ownPrices = {} } = options;
  const modelsFile = path.join(options.dataDirectory, refreshedModelsName);
  useRefreshedModels(modelsFile);
  let commitTimer: NodeJS.Timeout | null = null;
  let unsavedBytes = 0;
  let retentionTimer: NodeJS.Timeout | null = null;

  const api: WorkerApi = {
    exchanges: (query) => answer(() => queried((queries) => queries.exchanges(query))),
    groups: (query) => answer(() => queried((queries) => queries.groups(query))),
    exchange: (id) => answer(() => queried((queries) => queries.exchange(id))),
    bodyFile: (id, side) => answer(() => queried((queries) => queries.bodyFile(id, side))),
    body: (id, side) => answer(() => queried((queries) => queries.body(id, side), recorder.running.has(id))),
    openFindings: () => answer(() => queried((queries) => queries.openFindings())),
    history: (id) => answer(() => queried((queries) => queries.history(id))),
    totals: () => answer(() => queried((queries) => queries.totals())),
    spending: (query) => answer(() => queried((queries) => queries.spending(query))),
    trends: (query) => answer(() => queried((queries) => queries.trends(query))),
    exportHar: (filter) => answer(() => queried((queries) => harText(queries, filter))),
    warnings: () =>
      answer(() => {
        commit(false);
        return watch.board();
      }),
    muteWarnings: (mute, muted) => answer(() => watch.mute(mute, muted)),
    noteBudgets: (budgets) => answer(() => watch.noteBudgets(budgets)),
    noteAccount: (report) => answer(() => watch.note(report)),
    notesSeen: () => answer(() => callNotes.seen()),
    noteSessions: (sessions) => answer(() => origins.setSessions(sessions)),
    keptAnswers: () => answer(() => session.answers((answers) => answers.all(Date.now())) ?? []),
    keepAnswer: (found) =>
      answer(() => {
        const type = valueIn(found.headers, 'content-type') ?? null;
        // Redacted, it would be another answer: what has a secret in it is in memory only.
        const clean = redactor.body(found.body, type, false).bytes;
        if (Buffer.compare(clean, found.body) === 0) session.answers((answers) => answers.put(found));
      }),
    dropAnswers: (keys) => answer(() => void session.answers((answers) => answers.drop(keys))),
    clear: () =>
      answer(() => {
        // What was recorded before the wish goes with the rest.
        commit(false);
        session.clear();
        recorder.renumber();
      }),
    configure: (nextSettings, redaction, nextPrices) =>
      answer(() => {
        settings = nextSettings;
        ownPrices = nextPrices;
        useRefreshedModels(modelsFile);
        redactor = toRedactor(redaction);
        longBodies.configure(withOwnPatterns(redaction));
        watch.refresh();
      }),
    flush: async () => {
      await recorder.settled();
      commit(true);
      if (!session.healthy) throw new ChannelError('store_failed', 'What was recorded could not be stored.');
    },
    close: async () => {
      clearInterval(snapshots);
      if (retentionTimer !== null) clearTimeout(retentionTimer);
      await recorder.settled();
      recorder.finish();
      commit(true);
      await longBodies.close();
      if (commitTimer !== null) clearTimeout(commitTimer);
      callNotes.dispose();
      watch.dispose();
      session.close();
      // Only once the answer to this call is on its way.
      setImmediate(() => port.close());
    },
  };
  // Before the channel listens: a question is about all batches that came before it.
  port.on('message', (message: unknown) => {
    if (isBatchMessage(message)) batches.add(message.batch);
    else batches.finish();
  });
  const channel = openChannel<WorkerApi, object, object, WorkerEvents>(
    { post: (message) => port.postMessage(message), onMessage: (listener) => port.on('message', listener) },
    api,
  );
  const tell = (problem: RecordingProblem): void => channel.emit('problem', problem);

  const withOwnPatterns = (rules: RedactionRules): RedactionRules => ({
    ...rules,
    patterns: [...rules.patterns, ...settings.redactPatterns],
  });
  const toRedactor = (rules: RedactionRules): Redactor => {
    const made = createRedactor(withOwnPatterns(rules), (message) => tell({ code: 'pattern_slow', message }));
    for (const message of made.problems) tell({ code: 'pattern_ignored', message });
    return made;
  };
  let redactor = toRedactor(options.redaction);

  const commitSoon = (delay: number): void => {
    commitTimer ??= setTimeout(() => commit(false), delay);
  };

  const commit = (everything: boolean): void => {
    if (commitTimer !== null) clearTimeout(commitTimer);
    commitTimer = null;
    unsavedBytes = 0;
    recorder.commit(everything);
    if (!session.healthy) commitSoon(retryDelay);
  };

  /** What was recorded before a question belongs into its answer. */
  const queried = <T>(ask: (queries: Queries) => T, everything = false): T => {
    commit(everything);
    return session.query(ask);
  };

  const retain = (): void => {
    // In slices, so that events and questions get their turn in between.
    const more = session.retain(settings);
    retentionTimer = setTimeout(retain, more ? 5 : retentionInterval);
  };

  const session = openStoreSession(options.dataDirectory, tell);
  const callNotes = openCallNotesOrNone(options.spool, tell);
  const origins = openOrigins();
  const longBodies = openLongBodies({
    dataDirectory: options.dataDirectory,
    redaction: withOwnPatterns(options.redaction),
    settings: () => settings,
    keep: (kept) => {
      commit(false);
      return session.keepFile(kept);
    },
    onKept: (row) => channel.emit('changed', JSON.stringify([row])),
  });
  const recorder = createRecorder({
    callNotes,
    origins,
    redactor: () => redactor,
    diagnose: (subject) => {
      try {
        return diagnose(subject);
      } catch (error) {
        tell({
          code: 'rule_failed',
          message: `A call was stored without its diagnosis: a rule failed (${said(error)}).`,
        });
        return null;
      }
    },
    pricing: createPricing(
      (error) =>
        tell({
          code: 'prices_missing',
          message: `What calls cost is not estimated: there are no prices (${said(error)}).`,
        }),
      () => ownPrices,
    ),
    onLost: (error) => tell({ code: 'exchange_lost', message: `A call could not be recorded (${said(error)}).` }),
    keeping: () => ({ limit: settings.maxBodyBytes, openFile: longBodies.open }),
    save: (savings) => {
      const numbers = session.save(savings);
      // What is amended later has no body to save.
      if (numbers !== null)
        for (const { exchange, request } of savings)
          if (request !== undefined && exchange.state !== 'open') watch.take(exchange);
      return numbers;
    },
    onChanged: (rows) => channel.emit('changed', JSON.stringify(rows)),
    onDirty: () => commitSoon(session.healthy ? commitDelay : retryDelay),
  });
  const watch = openWatch({
    session,
    settings: () => settings.warnings,
    onChanged: (board) => channel.emit('warningsChanged', board),
  });
  const snapshots = setInterval(() => {
    if (recorder.hasGrown()) commit(true);
  }, snapshotInterval);
  retentionTimer = setTimeout(retain, 100);

  /** Works a batch off: what it tells is taken, and saved where much is gathered. */
  const work = (batch: EventBatch): void => {
    for (const event of readBatch(batch)) {
      try {
        if (event.type !== 'workerLost') recorder.take(event);
        else for (const end of endsOf(event.worker, recorder.running.keys())) recorder.take(end);
      } catch (error) {
        tell({ code: 'exchange_lost', message: `A call could not be recorded whole (${said(error)}).` });
      }
    }
    // Nobody holds views of it any more, and the collector of garbage would let many pile up.
    batch.buffer.transfer(0);
    unsavedBytes += batch.length;
    const isMuch = recorder.unsaved >= mostUnsaved.exchanges || unsavedBytes >= mostUnsaved.bytes;
    if (isMuch && session.healthy) commit(false);
    // Only now: what was read but not saved takes more memory than the batch did.
    channel.emit('worked', batch.length);
  };
  const batches = createTurns(work);
}

/** Calls without their lines are worth recording too. */
function openCallNotesOrNone(spool: string, tell: OnProblem): CallNotes {
  try {
    return openCallNotes(spool);
  } catch (error) {
    tell({
      code: 'call_notes_off',
      message: `Calls cannot be joined to their lines: ${spool} is of no use (${said(error)}).`,
    });
    return {
      take: () => null,
      together: (work) => work(),
      seen: () => ({ processes: [], notedAt: null }),
      dispose: () => undefined,
    };
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs work at once; what it throws becomes the answer. */
function answer<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

function harText(queries: Queries, filter: string): string {
  try {
    return [...harPieces(queries, filter)].join('');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const advice = 'Narrow it with a filter, or write it to a file with "tollgate export".';
    throw new ChannelError('export_too_large', `The export is too large to hand over. ${advice}`, { cause: error });
  }
}
