import { parentPort, workerData } from 'node:worker_threads';
import type { BodyFileOptions } from '../bodyFiles/protocol.ts';
import type { WorkerOptions } from './workerProtocol.ts';

if (parentPort === null) throw new Error('This file is a thread of the gateway and only runs as a worker.');
// Both redact, which is most of this bundle.
const asked = workerData as WorkerOptions | { readonly bodyFiles: BodyFileOptions };
if ('bodyFiles' in asked) (await import('../bodyFiles/startBodyFiles.ts')).startBodyFiles(parentPort, asked.bodyFiles);
else (await import('./startStoreWorker.ts')).startStoreWorker(parentPort, asked);
