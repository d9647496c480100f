import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGateway, type RunningGateway } from '../../src/gateway/gateway.ts';
import type { ExchangeId, Exchange } from '../../src/shared/exchange.ts';
import type { Secret } from '../../src/shared/secret.ts';
import { defaultSettings, type GatewayOptions } from '../../src/shared/settings.ts';

/** What a test opened, closed in reverse by `closeAll`. */
const open: (() => Promise<unknown>)[] = [];

/** Closes all that this test opened. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** Has something closed after the test. */
export function closeLater(close: () => Promise<unknown>): void {
  open.push(close);
}

export const token = 'a-token-for-tests';

export interface GatewayFixture extends RunningGateway {
  readonly directory: string;
  readonly catalogueFile: string;
}

/** A folder of its own that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-test-'));
  open.push(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** A real gateway with these APIs declared. */
export async function gatewayWith(
  apis: Readonly<Record<string, object>>,
  more: Partial<GatewayOptions> & {
    readonly secrets?: Readonly<Record<string, Secret>>;
    readonly credentials?: Readonly<Record<string, object>>;
    /** Further members of the catalogue. */
    readonly catalogue?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<GatewayFixture> {
  const directory = await temporaryFolder();
  const catalogueFile = path.join(directory, 'tollgate.jsonc');
  await writeFile(catalogueFile, JSON.stringify({ apis, credentials: more.credentials ?? {}, ...more.catalogue }));
  const gateway = await startGateway(
    {
      catalogueFile,
      dataDirectory: path.join(directory, 'data'),
      port: 0,
      whenPortTaken: 'another',
      token,
      settings: defaultSettings,
      environment: {},
      ...more,
    },
    { secrets: () => Promise.resolve(more.secrets ?? {}), saveSecret: () => Promise.resolve() },
  );
  open.push(() => gateway.close());
  return { ...gateway, directory, catalogueFile };
}

/** An HTTP server on loopback. */
export async function upstream(listener: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener);
  const url = `http://127.0.0.1:${await listening(server)}`;
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { url, server };
}

/** An upstream that is no HTTP server but what the test makes of it. */
export async function tcpUpstream(accept: (socket: Socket) => void): Promise<{ readonly url: string }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    accept(socket);
  });
  const port = await listening(server);
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  return { url: `http://127.0.0.1:${port}` };
}

async function listening(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers with what it was asked. */
export function echo(request: IncomingMessage, response: ServerResponse): void {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { method, url, rawHeaders } = request;
    const answer = { method, url, rawHeaders, body: Buffer.concat(pieces).toString() };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  });
}

export interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** Sends bytes as they are; resolves with all that came back once `enough` says so or the other side closes. */
export function talk(port: number, sent: string, enough: (received: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      received += piece;
      if (enough(received)) socket.destroy();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    socket.write(sent, 'latin1');
  });
}

/** Whether an answer with this at its end is complete. */
export function endsWith(end: string): (received: string) => boolean {
  return (received) => received.endsWith(end);
}

/** Waits until a condition holds; fails after 15 seconds, which are long for a slow machine, too. */
export async function until<Value>(
  probe: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
  what = 'the condition',
): Promise<Value> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const value = await probe();
    if (value !== null && value !== undefined && value !== false) return value;
    await pause(15);
  }
  throw new Error(`Waited in vain for ${what}.`);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The newest exchange of those that a client has seen answered, once it has ended. */
export async function lastExchange(gateway: RunningGateway): Promise<Exchange> {
  // Only after all that was under way to the recording thread has arrived there.
  await gateway.api.captureHealth();
  return until(async () => {
    const { rows } = await gateway.api.exchanges({ filter: '', limit: 1 });
    const [row] = rows;
    return row !== undefined && row.state !== 'open' && (await gateway.api.exchange(row.id));
  }, 'an exchange in the log');
}

/** The text of a stored body. */
export async function bodyText(
  gateway: RunningGateway,
  id: ExchangeId,
  side: Parameters<RunningGateway['api']['body']>[1],
): Promise<string | null> {
  const body = await gateway.api.body(id, side);
  return body === null ? null : Buffer.from(body.bytes).toString();
}
