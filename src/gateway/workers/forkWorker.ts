import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { EventBatch } from '../store/eventBatch.ts';
import { stopReading } from './passConnection.ts';
import { readPipe } from './eventPipe.ts';
import {
  eventsDescriptor,
  type FinishedCall,
  type FromWorker,
  type ToWorker,
  type WorkerState,
} from './workerMessages.ts';

const file = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './gatewayWorker.ts' : './gatewayWorker.js', import.meta.url),
);

/** Milliseconds that a worker has to end by itself once it was asked to. */
const endLimit = 2000;

/** A worker, as seen from the gateway. */
export interface ForkedWorker {
  /** What the ids of its exchanges end with. */
  readonly name: string;
  /** False where it cannot be had; then the connection stays whose it was. */
  give(connection: Socket): boolean;
  update(state: WorkerState): void;
  noteBacklog(backlog: number, waiting: number): void;
  /** Resolves once all is here that it had recorded, or it is gone. */
  flush(): Promise<void>;
  /** Calls under way have so many milliseconds to end. */
  close(patience: number): Promise<void>;
}

export interface ForkOptions {
  readonly state: WorkerState;
  batch(batch: EventBatch): void;
  back(connection: Socket, rest: Buffer, served: number): void;
  finished(...call: FinishedCall): void;
  leftOut(count: number): void;
  /** It has ended, and all that it had recorded is here. */
  ended(reason: string): void;
}

export function forkWorker(options: ForkOptions): ForkedWorker {
  const name = randomBytes(5).toString('hex');
  const stdio: ('ignore' | 'inherit' | 'ipc' | 'pipe')[] = ['ignore', 'ignore', 'inherit', 'ipc'];
  stdio[eventsDescriptor] = 'pipe';
  const child = fork(file, [name], {
    stdio,
    // As the editor starts the gateway: neither V8 nor glibc is to keep young garbage.
    env: { MALLOC_ARENA_MAX: '2', ...process.env },
    execArgv: ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning'],
  });
  const turns = new Map<number, () => void>();
  let lastTurn = 0;
  let reason = 'it could not be started';
  let gone = false;
  let pipeEnded = false;
  let exited = false;
  let heard: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (heard = resolve));

  const end = (): void => {
    for (const done of turns.values()) done();
    turns.clear();
    if (!pipeEnded || !exited || gone) return;
    gone = true;
    heard();
    options.ended(reason);
  };
  const send = (message: ToWorker, handle?: Socket, sent?: () => void): void => {
    child.send(message, handle, {}, () => sent?.());
  };
  const turn = (make: (turn: number) => ToWorker): Promise<void> =>
    new Promise((resolve) => {
      if (!child.connected) {
        resolve();
        return;
      }
      const number = ++lastTurn;
      turns.set(number, resolve);
      send(make(number));
    });

  const pipe = child.stdio[eventsDescriptor];
  if (pipe instanceof Readable)
    readPipe(pipe, {
      batch: (batch) => options.batch(batch),
      turn: (number) => {
        turns.get(number)?.();
        turns.delete(number);
      },
      ended: () => {
        pipeEnded = true;
        end();
      },
    });
  child.on('message', (message: FromWorker, handle: unknown) => {
    if (message.kind === 'back') {
      if (handle instanceof Socket) options.back(handle, Buffer.from(message.rest, 'base64'), message.served);
    } else if (message.kind === 'finished') for (const call of message.calls) options.finished(...call);
    else options.leftOut(message.count);
  });
  child.on('error', (error) => (reason = error.message));
  child.on('exit', (code, signal) => {
    exited = true;
    reason = signal ?? `code ${String(code)}`;
    end();
  });
  void turn((number) => ({ kind: 'state', turn: number, state: options.state }));

  return {
    name,
    give: (connection) => {
      if (!child.connected || exited) return false;
      stopReading(connection);
      send({ kind: 'connection' }, connection, () => connection.destroy());
      return true;
    },
    update: (state) => void turn((number) => ({ kind: 'state', turn: number, state })),
    noteBacklog: (backlog, waiting) => {
      if (child.connected) send({ kind: 'backlog', backlog, waiting });
    },
    flush: () => turn((number) => ({ kind: 'flush', turn: number })),
    close: async (patience) => {
      if (child.connected) send({ kind: 'close', patience });
      const timer = setTimeout(() => child.kill('SIGKILL'), patience + endLimit);
      await over;
      clearTimeout(timer);
    },
  };
}
