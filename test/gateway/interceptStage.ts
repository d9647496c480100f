import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createSecureServer as createHttp2Server } from 'node:http2';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { RequestListener, Server as HttpServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { makeCertificate } from '../../src/gateway/intercept/certificate.ts';
import { pem } from '../../src/gateway/intercept/der.ts';
import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import { defaultSettings, type GatewaySettings, type InterceptSettings } from '../../src/shared/settings.ts';
import { closeLater, gatewayWith, temporaryFolder, until, type GatewayFixture } from './support.ts';

const run = promisify(execFile);

/** A key and a certificate for a host, signed by an authority of the test's own. */
export function certificateFor(host: string): {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
} {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const common = {
    issuer: 'An authority of the tests',
    signer: authority,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
  };
  const leaf = makeCertificate({
    ...common,
    subject: 'A server of the tests',
    subjectKey: createPublicKey(own.privateKey),
    kind: { name: 'leaf', host },
  });
  const root = makeCertificate({
    ...common,
    subject: common.issuer,
    subjectKey: authority.publicKey,
    kind: { name: 'authority', hosts: null },
  });
  return {
    key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', leaf),
    ca: pem('CERTIFICATE', root),
  };
}

export interface SecureUpstream {
  readonly url: string;
  readonly port: number;
  readonly host: string;
  /** The certificate of its authority. */
  readonly ca: string;
  readonly server: HttpServer;
}

/** A server over TLS on loopback, reached as `localhost`. With `http2` it speaks that as well. */
export async function secureUpstream(
  listener: RequestListener,
  { http2 = false, host = 'localhost' }: { readonly http2?: boolean; readonly host?: string } = {},
): Promise<SecureUpstream> {
  const { key, cert, ca } = certificateFor(host);
  const options: ServerOptions = { key, cert };
  const server = http2
    ? (createHttp2Server({ ...options, allowHTTP1: true }, listener as never) as unknown as HttpServer)
    : (createHttpsServer(options, listener) as HttpServer);
  const open = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        for (const socket of open) socket.destroy();
      }),
  );
  return { url: `https://localhost:${port}`, port, host: `localhost:${port}`, ca, server };
}

export interface InterceptingGateway extends GatewayFixture {
  /** The certificate that programs have to trust. */
  readonly ca: string;
  readonly authorityDirectory: string;
}

/** A gateway that reads those hosts. Upstreams' certificates are not checked unless `settings` say so. */
export async function interceptingGateway(
  hosts: readonly string[],
  {
    apis = {},
    intercept = {},
    settings = {},
    ...more
  }: {
    readonly apis?: Readonly<Record<string, object>>;
    readonly intercept?: Partial<InterceptSettings>;
    readonly settings?: Partial<Omit<GatewaySettings, 'intercept'>>;
  } & Omit<NonNullable<Parameters<typeof gatewayWith>[1]>, 'settings'> = {},
): Promise<InterceptingGateway> {
  const authorityDirectory = path.join(await temporaryFolder(), 'authority');
  const gateway = await gatewayWith(apis, {
    ...more,
    authorityDirectory,
    settings: {
      ...{ ...defaultSettings, strictSsl: false, ...settings },
      intercept: { mode: 'on', hosts, exclude: [], ...intercept },
    },
  });
  return { ...gateway, authorityDirectory, ca: path.join(authorityDirectory, 'ca.pem') };
}

/** curl's output, however it ends. */
export async function curl(...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run('curl', ['-sS', '-m', '15', ...args]).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
}

/** The calls in the log, newest first, once all have ended. */
export async function rows(gateway: InterceptingGateway): Promise<readonly ExchangeSummary[]> {
  await until(async () => {
    const { rows: found } = await gateway.api.exchanges({ filter: '', limit: 50 });
    return found.every(({ state }) => state !== 'open');
  });
  return (await gateway.api.exchanges({ filter: '', limit: 50 })).rows;
}

/** A tunnel to that place, by CONNECT. */
export async function tunnel(gateway: InterceptingGateway, to: string): Promise<Socket> {
  const socket = connect(gateway.port, '127.0.0.1');
  closeLater(() => Promise.resolve(socket.destroy()));
  socket.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`);
  const head = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())));
  assert.match(head, /^HTTP\/1\.1 200 /);
  return socket;
}

/** The same with TLS inside, with the gateway's certificate trusted. */
export async function secureTunnel(gateway: InterceptingGateway, to: string, more: object = {}): Promise<TLSSocket> {
  const socket = await tunnel(gateway, to);
  const secure = connectTls({ socket, servername: 'localhost', ca: await readFile(gateway.ca), ...more });
  await new Promise((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  return secure;
}
