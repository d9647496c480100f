// Threads, forks and children of shells.
import { Worker, isMainThread } from 'node:worker_threads';
import { fork, spawn } from 'node:child_process';
const { BASE } = process.env;
if (process.argv[2] === 'forked') await fetch(BASE + '/mark-process_fork');
else if (process.argv[2] === 'spawned') await fetch(BASE + '/mark-process_shell');
else if (!isMainThread) await fetch(BASE + '/mark-process_worker');
else {
  new Worker(new URL(import.meta.url));
  fork(new URL(import.meta.url), ['forked']);
  spawn('sh', ['-c', '"$0" "$1" spawned', process.execPath, process.argv[1]]);
  await fetch(BASE + '/mark-process_main');
}
