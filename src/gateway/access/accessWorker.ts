import { parentPort, workerData } from 'node:worker_threads';
import type { AccessWorkerOptions } from './accessProtocol.ts';
import { serveAccess } from './serveAccess.ts';

if (parentPort === null) throw new Error('This file is a thread of the gateway and only runs as a worker.');
serveAccess(parentPort, workerData as AccessWorkerOptions);
