import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Bar } from '../bars.ts';
import { load, type Stage } from '../stage.ts';
import { startTollgate } from '../targets.ts';

const rate = 5000;

/** How long the process that started the gateway, and hears of each call, is ever kept from its other work. */
export async function listener(stage: Stage): Promise<readonly Bar[]> {
  const rows = new Map<string, unknown>();
  const gateway = await startTollgate(stage.direct.port, stage.gateway, true, undefined, (changed) => {
    for (const row of changed) rows.set(row.id, row);
    for (const id of rows.keys()) {
      if (rows.size <= 5000) break;
      rows.delete(id);
    }
  });
  await load(stage.generator, gateway, { connections: 32, milliseconds: 1000, rate });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { answers, seconds } = await load(stage.generator, gateway, {
    connections: 32,
    milliseconds: 4 * stage.milliseconds,
    rate,
  });
  delay.disable();
  await gateway.stop();
  const [p99, most] = [delay.percentile(99) / 1e6, delay.max / 1e6];
  console.log(
    `${Math.round(answers / seconds)} requests a second: the listener's event loop is late by ${p99.toFixed(1)} ms (p99), ${most.toFixed(1)} ms at most.\n`,
  );
  return [
    { what: 'delay of the listener’s event loop, p99', value: p99, unit: 'ms', is: 'at most', limit: 10 },
    { what: 'delay of the listener’s event loop, at most', value: most, unit: 'ms', is: 'at most', limit: 10 },
  ];
}
