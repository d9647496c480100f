import path from 'node:path';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import type { WindowSession } from '../../shared/origin.ts';
import type { WarningBoard } from '../../shared/warning.ts';
import type { Recording } from '../parts.ts';
import { createBatchWriter } from './eventBatch.ts';
import { createIntake } from './intake.ts';
import { createOutbox } from './outbox.ts';
import { createOverflow } from './overflow.ts';
import type { RecordingProblem } from './problem.ts';
import type { WorkerOptions } from './workerProtocol.ts';
import { startWorkerThread, type WorkerThread } from './workerThread.ts';

/** Problems that do not pass by themselves, or not soon. */
const lasting: ReadonlySet<string> = new Set(['worker_lost', 'store_full', 'store_failed', 'call_notes_off']);
/** Milliseconds that events wait for others to go with them. */
const batchDelay = 8;
/** Bytes at which a batch goes at once. */
const batchSize = 65_536;
/** Milliseconds after a death of the recording thread within which it is not started again. */
const restartPause = 60_000;

/**
 * Opens the store in `dataDirectory` and starts the recording thread; `spool` is the folder of call notes. Resolves
 * once the thread answers. Whatever is wrong with the store is told by `onProblem`, and never stops the gateway.
 */
export async function openRecording(options: WorkerOptions): Promise<Recording> {
  const changedListeners: ((rows: readonly ExchangeSummary[]) => void)[] = [];
  const warningListeners: ((board: WarningBoard) => void)[] = [];
  const problemListeners: ((problem: RecordingProblem) => void)[] = [];
  /** Told before anybody listened. */
  const untold: RecordingProblem[] = [];
  let { settings, redaction, ownPrices = {} } = options;
  /** The last problem that keeps calls from being recorded, or joined to their lines. */
  let problem: string | null = null;
  /** Whether it is over once something can be stored again. */
  let passing = false;
  let sessions: readonly WindowSession[] = [];
  let timer: NodeJS.Timeout | null = null;
  let diedAt = -Infinity;
  let closed = false;
  /** Bytes of the batch that belong to long bodies. */
  let calm = 0;

  const writer = createBatchWriter(batchSize);
  const intake = createIntake(
    (event, isLong = false) => {
      const before = writer.length;
      writer.add(event);
      if (isLong) calm += writer.length - before;
    },
    (count) => {
      const message = `${count} calls came faster than they could be recorded: they passed, and are not in the log.`;
      tell({ code: 'calls_left_out', message });
    },
  );
  const obey = (): void => {
    const { maxBodyBytes, bodyFileBytes } = settings;
    intake.limitBodies(maxBodyBytes === 0 ? 0 : Math.max(maxBodyBytes, bodyFileBytes), maxBodyBytes);
    intake.accept(settings.capture);
    intake.limitHosts(settings.captureHosts);
  };
  obey();

  const tell = (told: RecordingProblem): void => {
    if (lasting.has(told.code)) {
      problem = told.message;
      passing = told.code.startsWith('store_');
    }
    if (problemListeners.length === 0) untold.push(told);
    for (const listener of problemListeners) listener(told);
  };

  const start = (): WorkerThread => {
    const thread = startWorkerThread({ ...options, settings, redaction, ownPrices }, onDeath);
    thread.channel.on('problem', tell);
    thread.channel.on('worked', (bytes) => outbox.worked(bytes));
    thread.channel.on('warningsChanged', (board) => {
      for (const listener of warningListeners) listener(board);
    });
    thread.channel.on('changed', (json) => {
      const rows = JSON.parse(json) as readonly ExchangeSummary[];
      for (const listener of changedListeners) listener(rows);
    });
    return thread;
  };

  const onDeath = (reason: string): void => {
    // What was on its way is lost, and with it the beginnings of the calls under way.
    writer.take();
    intake.forget();
    if (Date.now() - diedAt < restartPause) {
      intake.accept(false);
      closed = true;
      void outbox.close();
      const message = `Recording has stopped (${reason}); calls still pass. Restart the gateway to record again.`;
      tell({ code: 'worker_lost', message });
      return;
    }
    diedAt = Date.now();
    thread = start();
    outbox.restart();
    void thread.channel.remote.noteSessions(sessions).catch(() => undefined);
    const message = `Recording was interrupted (${reason}) and goes on; calls under way just now are not in the log.`;
    tell({ code: 'worker_restarted', message });
  };

  const post = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = writer.take();
    if (batch === null || closed) return;
    outbox.add(batch, calm);
    calm = 0;
  };

  /** The thread's methods, asked after all that was recorded before. */
  const remote = (): WorkerThread['channel']['remote'] => {
    post();
    outbox.hurry();
    return thread.channel.remote;
  };

  let thread = start();
  const outbox = createOutbox(
    (batch) => thread.post(batch),
    createOverflow(path.join(options.dataDirectory, `overflow-${process.pid}`), () =>
      tell({
        code: 'calls_left_out',
        message: 'The disk did not take calls that waited to be recorded: some are lost.',
      }),
    ),
  );
  const drained = (): Promise<void> => {
    post();
    return closed ? Promise.resolve() : outbox.drain();
  };
  const recording: Recording = {
    record: (event) => {
      if (closed) return;
      try {
        intake.take(event, outbox.backlog + writer.length, outbox.waiting);
      } catch (error) {
        // Forwarding must not suffer from an event that cannot be packed.
        const reason = error instanceof Error ? error.message : String(error);
        tell({ code: 'exchange_lost', message: `A call could not be recorded whole (${reason}).` });
      }
      if (writer.length >= batchSize) post();
      else if (writer.length > 0) timer ??= setTimeout(post, batchDelay);
    },
    add: (batch) => {
      if (!closed) outbox.add(batch);
    },
    lost: (worker) => {
      post();
      writer.add({ type: 'workerLost', worker });
      post();
    },
    behind: () => ({ backlog: outbox.backlog + writer.length, waiting: outbox.waiting + writer.length }),
    onChanged: (listener) => void changedListeners.push(listener),
    onProblem: (listener) => {
      problemListeners.push(listener);
      for (const problem of untold.splice(0)) listener(problem);
    },
    exchanges: (query) => remote().exchanges(query),
    groups: (query) => remote().groups(query),
    exchange: (id) => remote().exchange(id),
    body: (id, side) => remote().body(id, side),
    bodyFile: (id, side) => remote().bodyFile(id, side),
    openFindings: () => remote().openFindings(),
    history: (id) => remote().history(id),
    totals: () => remote().totals(),
    spending: (query) => remote().spending(query),
    trends: (query) => remote().trends(query),
    exportHar: (filter) => remote().exportHar(filter),
    warnings: () => remote().warnings(),
    onWarnings: (listener) => void warningListeners.push(listener),
    muteWarnings: (mute, muted) => remote().muteWarnings(mute, muted),
    noteBudgets: (budgets) => {
      remote()
        .noteBudgets(budgets)
        .catch(() => undefined);
    },
    noteAccount: (report) => {
      remote()
        .noteAccount(report)
        .catch(() => undefined);
    },
    captureHealth: async () => {
      // A thread that is gone has said so as a problem.
      const stored = await remote()
        .flush()
        .then(
          () => true,
          () => false,
        );
      if (stored && passing) problem = null;
      const { processes, notedAt } = await remote()
        .notesSeen()
        .catch(() => ({ processes: [], notedAt: null }));
      return { problem, processes, notedAt };
    },
    keptAnswers: () => remote().keptAnswers(),
    keepAnswer: (answer) => {
      remote()
        .keepAnswer(answer)
        .catch(() => undefined);
    },
    dropAnswers: (keys) => {
      remote()
        .dropAnswers(keys)
        .catch(() => undefined);
    },
    noteSessions: (told) => {
      sessions = told;
      remote()
        .noteSessions(told)
        .catch(() => undefined);
    },
    clear: async () => {
      await drained();
      await remote().clear();
    },
    configure: (nextSettings, nextRedaction, nextPrices = {}) => {
      [settings, redaction, ownPrices] = [nextSettings, nextRedaction, nextPrices];
      if (!closed) obey();
      // A thread that died meanwhile is started again with them.
      remote()
        .configure(settings, redaction, ownPrices)
        .catch(() => undefined);
    },
    flush: async () => {
      await drained();
      await remote().flush();
    },
    close: async () => {
      if (closed) return;
      await drained();
      post();
      outbox.hurry();
      closed = true;
      await outbox.close();
      await thread.close();
    },
  };
  // A thread that cannot even start says so as a problem.
  await recording.totals().catch(() => undefined);
  return recording;
}
