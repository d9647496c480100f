import { createServer as createOracle, METHODS } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { createWireServer } from '../../src/gateway/wire/wireServer.ts';
import { fuzzReaders } from './fuzzReaders.ts';
import { mutated, randomFrom } from '../unit/wire/mutations.ts';

/**
 * Sends requests that are nearly right to the server and to node:http, whose parser is llhttp. What the server takes,
 * llhttp has to read in the same way; the other way round, to refuse more is allowed.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    inputs: { type: 'string', default: '20000' },
    /** Reads inputs for so long in this process, without sockets: some ten thousand a second. */
    minutes: { type: 'string' },
  },
});
if (values.minutes !== undefined) {
  const { inputs, taken, differences } = fuzzReaders(Number(values.seed), Number(values.minutes) * 60_000);
  console.log(`${inputs} inputs from seed ${values.seed}: ${taken} messages taken, ${differences} read differently.`);
  process.exit(differences === 0 ? 0 : 1);
}

interface Seen {
  readonly method: string;
  readonly target: string;
  body: string;
}

let taken: Seen[] = [];
const wire = createWireServer((inbound, reply) => {
  const seen: Seen = { method: inbound.method, target: inbound.target, body: '' };
  taken.push(seen);
  const body = inbound.takeBody((bytes) => (seen.body += Buffer.from(bytes).toString('latin1')));
  const answer = (): void => {
    reply.begin(200, 'OK', ['Content-Length', '0']);
    reply.end([]);
  };
  if (body === null || Buffer.isBuffer(body)) answer();
  else
    body
      .on('end', answer)
      .on('error', () => reply.destroy())
      .resume();
});
const wirePort = await wire.listen(0);

let read: Seen[] = [];
const oracle = createOracle((request, response) => {
  const seen: Seen = { method: request.method ?? '', target: request.url ?? '', body: '' };
  read.push(seen);
  request.on('data', (bytes: Buffer) => (seen.body += bytes.toString('latin1')));
  request.on('end', () => response.writeHead(200, { 'Content-Length': '0' }).end());
}).listen(0, '127.0.0.1');
await once(oracle, 'listening');
const oraclePort = (oracle.address() as AddressInfo).port;

const first = Number(values.seed);
let differences = 0;
let accepted = 0;
for (let seed = first; seed < first + Number(values.inputs); seed++) {
  const input = mutated(randomFrom(seed));
  [taken, read] = [[], []];
  await Promise.all([say(wirePort, input), say(oraclePort, input)]);
  const whole = taken.filter(({ body }, index) => read.length > index && read[index]?.body === body);
  accepted += whole.length;
  const differs = taken.some(
    ({ method, target }, index) =>
      index < read.length && (read[index]?.method !== method || read[index].target !== target),
  );
  // A request more than llhttp read is one that hides in another's body.
  // Methods of one's own are legal, and llhttp takes none.
  const more = read.length > 0 ? taken.slice(read.length) : [];
  if (!differs && !METHODS.includes(more[0]?.method ?? '')) continue;
  differences++;
  console.log(JSON.stringify({ seed, input, taken, read }));
}
console.log(
  `${values.inputs} inputs from seed ${values.seed}: ${accepted} requests taken, ${differences} read differently.`,
);
process.exitCode = differences === 0 ? 0 : 1;
await wire.close();
oracle.close();
oracle.closeAllConnections();

/** Says it all, and waits until the other side ends or falls silent. */
function say(port: number, input: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (): void => void socket.destroy();
    let timer = setTimeout(done, 60);
    socket.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(done, 4);
    });
    socket.on('error', done).on('end', done);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.write(input, 'latin1');
  });
}
