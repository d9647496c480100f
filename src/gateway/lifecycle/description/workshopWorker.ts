import { parentPort } from 'node:worker_threads';
import { openChannel } from '../../../shared/channel.ts';
import { workshop, type Workshop } from './workshop.ts';

if (parentPort === null)
  throw new Error('This file reads descriptions of APIs for the gateway and only runs as a worker.');
const port = parentPort;
openChannel<Workshop, object>(
  { post: (message) => port.postMessage(message), onMessage: (listener) => port.on('message', listener) },
  workshop,
);
