import type { Bar } from '../bars.ts';
import { forkHere, nextMessage } from '../forked.ts';
import { residentMegabytes } from '../processCost.ts';
import { idle, pidOf, type Stage } from '../stage.ts';
import { startTollgate } from '../targets.ts';

const connections = 10_000;

/** What ten thousand connections cost that were used once and are kept. */
export async function idleConnections(stage: Stage): Promise<readonly Bar[]> {
  const gateway = await startTollgate(stage.direct.port, stage.gateway, false);
  const pid = pidOf(gateway);
  const client = forkHere('idleConnections.ts');
  await nextMessage(client);
  const before = residentMegabytes(pid) ?? NaN;
  client.send({ port: gateway.port, path: gateway.path, connections });
  const answered = await nextMessage<number>(client);
  await idle(pid);
  const grown = (residentMegabytes(pid) ?? NaN) - before;
  client.disconnect();
  await gateway.stop();
  console.log(
    `${answered} idle connections: ${Math.round(grown)} MB more than the ${Math.round(before)} MB without.\n`,
  );
  return [
    { what: 'idle connections', value: answered, unit: '', is: 'at least', limit: connections },
    { what: 'memory of 10,000 idle connections', value: grown, unit: 'MB', is: 'at most', limit: 100 },
  ];
}
