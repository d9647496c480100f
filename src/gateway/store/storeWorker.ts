import { parentPort, workerData } from 'node:worker_threads';
import type { BodyFileOptions } from '../bodyFiles/protocol.ts';
import { startBodyFiles } from '../bodyFiles/startBodyFiles.ts';
import { startStoreWorker } from './startStoreWorker.ts';
import type { WorkerOptions } from './workerProtocol.ts';

if (parentPort === null) throw new Error('This file is a thread of the gateway and only runs as a worker.');
// Both redact, which is most of this bundle.
const asked = workerData as WorkerOptions | { readonly bodyFiles: BodyFileOptions };
if ('bodyFiles' in asked) startBodyFiles(parentPort, asked.bodyFiles);
else startStoreWorker(parentPort, asked);
