import type { MessagePort } from 'node:worker_threads';
import { openChannel } from '../../shared/channel.ts';
import { sessionOfExchange } from '../../shared/sessions.ts';
import { openLogQueries } from '../store/log.ts';
import type { Queries } from '../store/queries.ts';
import { openSessionFile, type OpenedSession } from './openedSession.ts';
import { saveCalls } from './saveCalls.ts';
import type { SessionThreadApi, SessionThreadEvents, SessionThreadOptions } from './sessionProtocol.ts';

/** Runs the thread for files of calls: reads, writes and answers what is in them. */
export function startSessionWorker(port: MessagePort, options: SessionThreadOptions): void {
  const opened = new Map<string, OpenedSession>();
  const jobs = new Map<string, AbortController>();
  let count = 0;

  const asJob = async <T>(
    job: string | undefined,
    work: (signal: AbortSignal, progress: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> => {
    const control = new AbortController();
    if (job !== undefined) jobs.set(job, control);
    try {
      return await work(control.signal, (done, total) => {
        if (job !== undefined) channel.emit('progress', { job, done, total });
      });
    } finally {
      if (job !== undefined) jobs.delete(job);
    }
  };
  const of = (session: string): Queries | null => opened.get(session)?.queries ?? null;
  const having = (id: string): Queries | null => of(sessionOfExchange(id) ?? '');

  const api: SessionThreadApi = {
    open: ({ file, folder, job }) =>
      asJob(job, async (signal, onRead) => {
        const id = `import${++count}`;
        const { redaction, bodyLimit } = options;
        const session = await openSessionFile({
          id,
          file,
          folder: folder ?? null,
          redaction,
          bodyLimit,
          signal,
          onRead,
        });
        opened.set(id, session);
        return session.session;
      }),
    close: (id) => {
      opened.get(id)?.close();
      opened.delete(id);
      return Promise.resolve();
    },
    save: (session) =>
      asJob(session.job, async (signal, onDone) => {
        const log = openLogQueries(options.dataDirectory);
        try {
          return await saveCalls(log.queries, session, onDone, signal);
        } finally {
          log.close();
        }
      }),
    cancel: (job) => {
      jobs.get(job)?.abort();
      return Promise.resolve();
    },
    exchanges: (session, query) => answer(() => of(session)?.exchanges(query) ?? { rows: [], total: 0 }),
    groups: (session, query) => answer(() => of(session)?.groups(query) ?? []),
    exchange: (id) => answer(() => having(id)?.exchange(id) ?? null),
    body: (id, side) => answer(() => having(id)?.body(id, side) ?? null),
    end: () => {
      for (const control of jobs.values()) control.abort();
      for (const session of opened.values()) session.close();
      // Only once the answer to this call is on its way.
      setImmediate(() => port.close());
      return Promise.resolve();
    },
  };
  const channel = openChannel<SessionThreadApi, object, object, SessionThreadEvents>(
    { post: (message) => port.postMessage(message), onMessage: (listener) => port.on('message', listener) },
    api,
  );
}

/** Runs work at once; what it throws becomes the answer. */
function answer<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
