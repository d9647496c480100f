import { parentPort, workerData } from 'node:worker_threads';
import { startStoreWorker } from './startStoreWorker.ts';
import type { WorkerOptions } from './workerProtocol.ts';

if (parentPort === null) throw new Error('This file is the recording thread of the gateway and only runs as a worker.');
startStoreWorker(parentPort, workerData as WorkerOptions);
