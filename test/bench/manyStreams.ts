import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Both ends of many streams of events, forked: `upstream` sends the time, `client` sees how long that took. */
export interface StreamLoad {
  readonly port: number;
  readonly path: string;
  readonly streams: number;
  readonly milliseconds: number;
}
/** In microseconds; `first` is that of each stream's first event. */
export interface StreamLags {
  readonly median: number;
  readonly p99: number;
  readonly first: number;
  readonly events: number;
}

/** Milliseconds between two events of one stream. */
const interval = 500;

if (process.argv[2] === 'upstream') serve();
else
  process.on('message', (load: StreamLoad) => {
    void listen(load).then((lags) => process.send?.(lags));
  });
if (process.argv[2] === 'client') process.send?.('ready');
process.on('disconnect', () => process.exit());

function serve(): void {
  const server = createServer((socket) => {
    let timer: NodeJS.Timeout | null = null;
    const event = (): string => `data: ${process.hrtime.bigint()}\n\n`;
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    socket.setNoDelay(true);
    socket.once('data', () => {
      const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
      socket.write(head + chunk(event()));
      timer = setInterval(() => socket.write(chunk(event())), interval);
    });
    socket
      .on('error', () => undefined)
      .on('close', () => {
        if (timer !== null) clearInterval(timer);
      });
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () =>
    process.send?.((server.address() as AddressInfo).port),
  );
}

async function listen({ port, path, streams, milliseconds }: StreamLoad): Promise<StreamLags> {
  const [lags, firsts]: [number[], number[]] = [[], []];
  const sockets: Socket[] = [];
  for (let index = 0; index < streams; index++) {
    sockets.push(open(port, path, (lag, isFirst) => (isFirst ? firsts : lags).push(lag)));
    // New streams come one after the other, as they do; at once they would wait for each other.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  lags.length = 0;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (const socket of sockets) socket.destroy();
  const at = (values: number[], part: number): number => {
    values.sort((a, b) => a - b);
    return values[Math.floor(values.length * part)] ?? NaN;
  };
  return { median: at(lags, 0.5), p99: at(lags, 0.99), first: at(firsts, 0.5), events: lags.length };
}

function open(port: number, path: string, onEvent: (lag: number, isFirst: boolean) => void): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let isFirst = true;
  socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`));
  socket.on('data', (bytes) => {
    const now = process.hrtime.bigint();
    for (const [, sent = '0'] of bytes.toString('latin1').matchAll(/data: (\d+)\n/g)) {
      onEvent(Number(now - BigInt(sent)) / 1000, isFirst);
      isFirst = false;
    }
  });
  return socket.on('error', () => undefined);
}
