import type { Bar } from '../bars.ts';
import { forkHere, nextMessage } from '../forked.ts';
import type { StreamLags, StreamLoad } from '../manyStreams.ts';
import { median } from '../report.ts';
import type { Stage } from '../stage.ts';
import { table } from '../table.ts';
import { startTollgate } from '../targets.ts';
import { shown } from '../bars.ts';

const streams = 500;

/** What the gateway adds to events of 500 streams, and to the first of each. */
export async function eventStreams(stage: Stage): Promise<readonly Bar[]> {
  const upstream = forkHere('manyStreams.ts', ['upstream']);
  const port = await nextMessage<number>(upstream);
  const client = forkHere('manyStreams.ts', ['client']);
  await nextMessage(client);
  const gateway = await startTollgate(port, stage.gateway, true);
  const measure = async (to: { readonly port: number; readonly path: string }): Promise<StreamLags> => {
    client.send({ port: to.port, path: to.path, streams, milliseconds: 2 * stage.milliseconds } satisfies StreamLoad);
    return nextMessage<StreamLags>(client);
  };
  const [direct, through]: [StreamLags[], StreamLags[]] = [[], []];
  for (let round = 0; round < Math.min(3, stage.rounds); round++) {
    direct.push(await measure({ port, path: '/v1/events' }));
    through.push(await measure(gateway));
  }
  await gateway.stop();
  client.disconnect();
  upstream.disconnect();
  const row = (name: string, lags: readonly StreamLags[]): string[] => [
    name,
    ...(['median', 'p99', 'first'] as const).map((key) => shown(median(lags.map((one) => one[key])))),
    String(Math.round(median(lags.map(({ events }) => events)))),
  ];
  console.log(
    `${table([['500 streams', 'median µs', 'p99 µs', 'first µs', 'events'], row('direct', direct), row('Tollgate', through)])}\n`,
  );
  const added = (key: 'median' | 'first'): number =>
    median(through.map((one, round) => one[key] - (direct[round]?.[key] ?? NaN))) / 1000;
  return [
    { what: 'added lag of an event, 500 streams', value: added('median'), unit: 'ms', is: 'at most', limit: 1 },
    { what: 'a new stream’s first event', value: added('first'), unit: 'ms', is: 'at most', limit: 2 },
  ];
}
