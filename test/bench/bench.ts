import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { barTable, isMet, type Bar } from './bars.ts';
import { forkHere, nextMessage } from './forked.ts';
import { bigBodies } from './parts/bodies.ts';
import { idleConnections } from './parts/idle.ts';
import { listener } from './parts/listener.ts';
import { soak } from './parts/soak.ts';
import { eventStreams } from './parts/streams.ts';
import { throughput } from './parts/throughput.ts';
import { peerNames } from './peers/peers.ts';
import { picture } from './picture.ts';
import { shippedGateway } from './shippedGateway.ts';
import type { Stage } from './stage.ts';
import { startDirect } from './targets.ts';

const { values } = parseArgs({
  options: {
    /** Parts to run, as in `throughput,soak`; all where absent. */
    only: { type: 'string' },
    /** Other proxies to compare with: they are installed into a folder for temporary files. */
    peers: { type: 'string', default: peerNames.join(',') },
    rounds: { type: 'string', default: '5' },
    milliseconds: { type: 'string', default: '1500' },
    /** Recorded while memory is looked at. */
    exchanges: { type: 'string', default: '100000' },
    /** Of a big body. */
    megabytes: { type: 'string', default: '300' },
    /** Where to write the picture. */
    picture: { type: 'string', default: path.join(tmpdir(), 'tollgate-bench.svg') },
  },
});

const parts: Readonly<Record<string, (stage: Stage) => Promise<readonly Bar[]>>> = {
  throughput: (stage) => throughput(stage, values.peers.split(',')),
  streams: eventStreams,
  bodies: (stage) => bigBodies(stage, Number(values.megabytes)),
  idle: idleConnections,
  soak,
  listener,
};
const wanted = values.only?.split(',') ?? Object.keys(parts);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0)
  throw new Error(`There is no part "${unknown.join(', ')}". Parts: ${Object.keys(parts).join(', ')}.`);

const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-bench-'));
const generator = forkHere('loadGenerator.ts');
await nextMessage(generator);
const direct = await startDirect();
const stage: Stage = {
  ...{ directory, generator, direct, gateway: await shippedGateway(directory) },
  ...{ rounds: Number(values.rounds), milliseconds: Number(values.milliseconds), exchanges: Number(values.exchanges) },
};
const load = (): string => (loadavg()[0] ?? NaN).toFixed(1);
const about = `${cpus().length} cores, load ${load()} before it began, Node ${process.version}, ${values.rounds} rounds, interleaved; medians`;
console.log(`${about}.\n`);

const bars: Bar[] = [];
try {
  for (const name of wanted) {
    process.stderr.write(`${name}\n`);
    bars.push(...((await parts[name]?.(stage)) ?? []));
  }
} finally {
  generator.disconnect();
  await direct.stop();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}
console.log(barTable(bars));
const missed = bars.filter((bar) => !isMet(bar)).length;
console.log(missed === 0 ? 'All bars are met.' : `${missed} of ${bars.length} bars are missed.`);
await writeFile(values.picture, picture(bars, about));
console.log(`Picture: ${values.picture}`);
