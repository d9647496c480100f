import { eventsOf, openStage, record } from './storeStage.ts';

/**
 * A process that records until it is killed: `storeChild.ts FOLDER COUNT NAME`. It records COUNT calls, flushes, says
 * so, begins one more that it never ends, and waits.
 */
const [folder = '', count = '0', name = ''] = process.argv.slice(2);
const { recording } = await openStage(folder);
for (let index = 0; index < Number(count); index++)
  record(recording, { id: `${name}-${index}`, api: name, response: `{"n":${index}}` });
await recording.flush();
for (const event of eventsOf({ id: `${name}-open`, api: name, response: 'data: begun\n\n' }).slice(0, 3))
  recording.record(event);
await recording.flush();
process.stdout.write('flushed\n');
setInterval(() => undefined, 1000);
