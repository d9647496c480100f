import { shown, type Bar } from '../bars.ts';
import type { BodyLoad } from '../bigBody.ts';
import { forkHere, nextMessage } from '../forked.ts';
import { median } from '../report.ts';
import { pidOf, watchMemory, type Stage } from '../stage.ts';
import { table } from '../table.ts';
import { startTollgate } from '../targets.ts';

/** How fast big bodies pass in both directions, and in how much memory. */
export async function bigBodies(stage: Stage, megabytes: number): Promise<readonly Bar[]> {
  const upstream = forkHere('bigBody.ts', ['upstream']);
  const port = await nextMessage<number>(upstream);
  const client = forkHere('bigBody.ts', ['client']);
  await nextMessage(client);
  const gateway = await startTollgate(port, stage.gateway, true);
  const bytes = megabytes * 1024 * 1024;
  const measure = async (
    to: { readonly port: number; readonly path: string },
    direction: BodyLoad['direction'],
  ): Promise<number> => {
    client.send({ port: to.port, path: to.path, direction, bytes } satisfies BodyLoad);
    return nextMessage<number>(client);
  };
  const peakOf = watchMemory(pidOf(gateway));
  const rows = [[`${megabytes} MB`, 'direct MB/s', 'Tollgate MB/s', 'of direct']];
  const ratios: number[] = [];
  for (const direction of ['down', 'up'] as const) {
    const [direct, through]: [number[], number[]] = [[], []];
    for (let round = 0; round < Math.min(3, stage.rounds); round++) {
      direct.push(await measure({ port, path: '' }, direction));
      through.push(await measure({ port: gateway.port, path: '/a' }, direction));
    }
    const ratio = median(direct.map((seconds, round) => seconds / (through[round] ?? NaN)));
    ratios.push(ratio);
    rows.push([direction, shown(megabytes / median(direct)), shown(megabytes / median(through)), shown(ratio)]);
  }
  const peak = peakOf();
  await gateway.stop();
  client.disconnect();
  upstream.disconnect();
  console.log(`${table(rows)}\nMost memory that the gateway took: ${Math.round(peak)} MB.\n`);
  return [
    { what: `${megabytes} MB down, of direct`, value: ratios[0] ?? NaN, unit: '×', is: 'at least', limit: 0.8 },
    { what: `${megabytes} MB up, of direct`, value: ratios[1] ?? NaN, unit: '×', is: 'at least', limit: 0.8 },
    { what: `memory with bodies of ${megabytes} MB`, value: peak, unit: 'MB', is: 'at most', limit: 120 },
  ];
}
