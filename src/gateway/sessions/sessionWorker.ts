import { parentPort, workerData } from 'node:worker_threads';
import type { SessionThreadOptions } from './sessionProtocol.ts';
import { startSessionWorker } from './startSessionWorker.ts';

if (parentPort !== null) startSessionWorker(parentPort, workerData as SessionThreadOptions);
