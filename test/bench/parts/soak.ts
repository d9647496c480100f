import type { Bar } from '../bars.ts';
import { residentMegabytes } from '../processCost.ts';
import { median } from '../report.ts';
import { idle, load, pidOf, watchMemory, type Stage } from '../stage.ts';
import { startTollgate } from '../targets.ts';

const steps = 20;

/** Memory of a gateway that records one exchange after the other. */
export async function soak(stage: Stage): Promise<readonly Bar[]> {
  const gateway = await startTollgate(stage.direct.port, stage.gateway, true);
  const pid = pidOf(gateway);
  const fresh = residentMegabytes(pid) ?? NaN;
  const peakOf = watchMemory(pid);
  const sizes: number[] = [];
  let answers = 0;
  for (let step = 0; step < steps; step++) {
    answers += (await load(stage.generator, gateway, { connections: 32, answers: stage.exchanges / steps })).answers;
    sizes.push(residentMegabytes(pid) ?? NaN);
    process.stderr.write(`${answers} exchanges: ${Math.round(sizes.at(-1) ?? NaN)} MB\n`);
  }
  await idle(pid);
  const peak = peakOf();
  const settled = residentMegabytes(pid) ?? NaN;
  await gateway.stop();
  console.log(
    `Memory: ${Math.round(fresh)} MB fresh, ${Math.round(peak)} MB at most, ${Math.round(settled)} MB after ${answers} exchanges.\n`,
  );
  const quarter = steps / 4;
  const growth = median(sizes.slice(-quarter)) / median(sizes.slice(quarter, 2 * quarter));
  return [
    { what: 'memory under load', value: peak, unit: 'MB', is: 'at most', limit: 250 },
    { what: 'memory, last quarter of the second', value: growth, unit: '×', is: 'at most', limit: 1.1 },
  ];
}
