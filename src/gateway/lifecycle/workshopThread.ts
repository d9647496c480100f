import { Worker } from 'node:worker_threads';
import { openChannel, type Channel } from '../../shared/channel.ts';
import type { Workshop } from './description/workshop.ts';

const fromSource = import.meta.url.endsWith('.ts');
const workerFile = new URL(fromSource ? './description/workshopWorker.ts' : './workshopWorker.js', import.meta.url);

/** Milliseconds that a thread without work is kept for the next. */
const idleMilliseconds = 20_000;

type Remote = Channel<Workshop, object, object>['remote'];

let thread: { readonly worker: Worker; readonly remote: Remote } | null = null;
let working = 0;
let timer: NodeJS.Timeout | null = null;

/** The workshop on a thread of its own, which starts when there is work and ends when there has been none for a while. */
export const workshopThread: Workshop = {
  read: (description) => work((remote) => remote.read(description)),
  compare: (before, after) => work((remote) => remote.compare(before, after)),
  withVersion: (description, version) => work((remote) => remote.withVersion(description, version)),
  infer: (title, server, calls) => work((remote) => remote.infer(title, server, calls)),
};

async function work<Result>(task: (remote: Remote) => Promise<Result>): Promise<Result> {
  if (timer !== null) clearTimeout(timer);
  thread ??= start();
  const { worker, remote } = thread;
  if (working++ === 0) worker.ref();
  try {
    return await task(remote);
  } finally {
    if (--working === 0) {
      // Nobody stays for it alone.
      worker.unref();
      timer = setTimeout(end, idleMilliseconds).unref();
    }
  }
}

function start(): NonNullable<typeof thread> {
  const worker = new Worker(workerFile, { name: 'tollgate descriptions' });
  const channel = openChannel<object, Workshop>(
    { post: (message) => worker.postMessage(message), onMessage: (listener) => worker.on('message', listener) },
    {},
  );
  let reason = 'it ended';
  worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => {
    channel.close(`The description could not be read: ${reason}.`);
    if (thread?.worker === worker) thread = null;
  });
  return { worker, remote: channel.remote };
}

function end(): void {
  void thread?.worker.terminate();
  thread = null;
}
