import { Worker } from 'node:worker_threads';
import { openChannel, type Channel } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import { sessionOfExchange, type ImportedSession, type JobProgress, type SessionsApi } from '../../shared/sessions.ts';
import type { Recording } from '../parts.ts';
import type { SessionThreadApi, SessionThreadEvents, SessionThreadOptions } from './sessionProtocol.ts';

const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './sessionWorker.ts' : './sessionWorker.js',
  import.meta.url,
);

/** Files of calls: read, written, and asked like the log. */
export interface Sessions {
  readonly api: SessionsApi;
  /** The log's answers, and those of open files where a question is about one. */
  reader(log: Reading): Reading;
  close(): Promise<void>;
}
type Reading = Pick<GatewayApi, 'exchanges' | 'groups' | 'exchange' | 'body'>;

export interface SessionsParts {
  readonly recording: Pick<Recording, 'flush'>;
  readonly options: () => SessionThreadOptions;
  readonly onChanged: (sessions: readonly ImportedSession[]) => void;
  readonly onProgress: (progress: JobProgress) => void;
}

interface Thread {
  readonly channel: Channel<SessionThreadApi, SessionThreadEvents, object>;
  readonly ended: Promise<void>;
}

/** Nothing is started before somebody opens or writes a file. */
export function openSessions(parts: SessionsParts): Sessions {
  let thread: Thread | null = null;
  let sessions: readonly ImportedSession[] = [];
  const change = (next: readonly ImportedSession[]): void => {
    sessions = next;
    parts.onChanged(next);
  };
  const remote = (): Thread['channel']['remote'] => {
    thread ??= start(parts.options(), parts.onProgress, () => {
      thread = null;
      if (sessions.length > 0) change([]);
    });
    return thread.channel.remote;
  };
  const ofExchange = (id: ExchangeId): boolean => sessionOfExchange(id) !== null && thread !== null;

  return {
    api: {
      sessions: () => Promise.resolve(sessions),
      openSession: async (session) => {
        const opened = await remote().open(session);
        change([...sessions, opened]);
        return opened;
      },
      closeSession: async (id) => {
        if (thread !== null) await remote().close(id);
        change(sessions.filter((one) => one.id !== id));
      },
      saveSession: async (session) => {
        await parts.recording.flush();
        return remote().save(session);
      },
      cancelJob: async (job) => {
        if (thread !== null) await remote().cancel(job);
      },
    },
    reader: (log) => ({
      exchanges: ({ session, ...query }) =>
        session === undefined ? log.exchanges(query) : remote().exchanges(session, query),
      groups: ({ session, ...query }) => (session === undefined ? log.groups(query) : remote().groups(session, query)),
      exchange: (id) => (ofExchange(id) ? remote().exchange(id) : log.exchange(id)),
      body: (id, side) => (ofExchange(id) ? remote().body(id, side) : log.body(id, side)),
    }),
    close: async () => {
      if (thread === null) return;
      const { channel, ended } = thread;
      await channel.remote.end().catch(() => undefined);
      await ended;
    },
  };
}

function start(options: SessionThreadOptions, onProgress: (progress: JobProgress) => void, onEnd: () => void): Thread {
  const worker = new Worker(workerFile, {
    workerData: options,
    name: 'tollgate files',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const channel = openChannel<object, SessionThreadApi, SessionThreadEvents>(
    { post: (message) => worker.postMessage(message), onMessage: (listener) => worker.on('message', listener) },
    {},
  );
  channel.on('progress', onProgress);
  const ended = new Promise<void>((resolve) => {
    let reason = 'it ended';
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      channel.close(`The thread that reads files has ended: ${reason}.`);
      onEnd();
      resolve();
    });
  });
  return { channel, ended };
}
