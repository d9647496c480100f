import type { Socket } from 'node:net';
import type { Adopt, Screen } from '../engine.ts';
import type { ProxyParts } from '../proxyParts.ts';
import { noteServed } from '../wire/served.ts';
import { acceptedWith } from '../wire/sharedReads.ts';
import type { EventBatch } from '../store/eventBatch.ts';
import { forkWorker, type ForkedWorker } from './forkWorker.ts';
import type { WorkerState } from './workerMessages.ts';

/** Milliseconds between two starts of a worker that does not live. */
const restartPause = 1000;
/** Milliseconds between two looks at how far recording is behind. */
const lookInterval = 50;

/** Processes that share the gateway's port. */
export interface Workers {
  /** Gives a connection to the one whose turn it is; false where none lives. What comes back is screened then. */
  take(connection: Socket, adopt: Adopt): boolean;
  /** Resolves once all that workers have recorded is in the recording's hands, and they go by what is declared now. */
  settled(): Promise<void>;
  /** Tells them what is declared now, where that has changed. */
  changed(): void;
  close(patience: number): Promise<void>;
}

export interface WorkersParts {
  readonly count: number;
  state(): WorkerState;
  readonly screen: Screen;
  readonly recording: {
    add(batch: EventBatch): void;
    /** A worker has died; what it had under way ends. */
    lost(worker: string): void;
    behind(): { readonly backlog: number; readonly waiting: number };
  };
  readonly finished: ProxyParts['finished'];
  /** What a person should know. */
  readonly tell: (message: string) => void;
}

/** Forks them. Each serves from its start on; until then, and where none lives, the gateway serves by itself. */
export function openWorkers(parts: WorkersParts): Workers {
  const workers: (ForkedWorker | null)[] = [];
  let next = 0;
  let closing = false;
  let told = '';
  let adoptBack: Adopt | null = null;
  let lastBehind = 0;

  const takeBack = (accepted: Socket, rest: Buffer, served: number): void => {
    if (adoptBack === null || closing) {
      accepted.destroy();
      return;
    }
    const socket = acceptedWith(accepted, { take: null });
    if (rest.length > 0) socket.unshift(rest);
    noteServed(socket, served);
    parts.screen(socket, adoptBack);
  };

  const start = (index: number): void => {
    if (closing) return;
    const startedAt = performance.now();
    const worker = forkWorker({
      state: parts.state(),
      batch: (batch) => parts.recording.add(batch),
      back: takeBack,
      finished: parts.finished,
      leftOut: (count) =>
        parts.tell(`${count} calls came faster than they could be recorded: they passed, and are not in the log.`),
      ended: (reason) => {
        parts.recording.lost(worker.name);
        workers[index] = null;
        if (closing) return;
        parts.tell(`A forwarding process has ended (${reason}) and is started again; its calls under way broke off.`);
        const pause = Math.max(0, restartPause - (performance.now() - startedAt));
        setTimeout(() => start(index), pause).unref();
      },
    });
    workers[index] = worker;
  };
  const alive = (): readonly ForkedWorker[] => workers.filter((one) => one !== null);

  const update = (): boolean => {
    const state = parts.state();
    const text = JSON.stringify(state);
    if (text === told) return false;
    told = text;
    for (const worker of alive()) worker.update(state);
    return true;
  };
  told = JSON.stringify(parts.state());
  for (let index = 0; index < parts.count; index++) start(index);

  const look = setInterval(() => {
    const { backlog, waiting } = parts.recording.behind();
    if (waiting === 0 && lastBehind === 0) return;
    lastBehind = waiting;
    for (const worker of alive()) worker.noteBacklog(backlog, waiting);
  }, lookInterval).unref();

  return {
    take: (connection, adopt) => {
      adoptBack = adopt;
      const living = alive();
      return living[next++ % Math.max(1, living.length)]?.give(connection) ?? false;
    },
    changed: () => void update(),
    settled: async () => {
      update();
      await Promise.all(alive().map((worker) => worker.flush()));
    },
    close: async (patience) => {
      closing = true;
      clearInterval(look);
      await Promise.all(alive().map((worker) => worker.close(patience)));
    },
  };
}
