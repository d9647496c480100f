import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import { openAuthority } from '../../src/gateway/intercept/authority.ts';
import { makeCertificate } from '../../src/gateway/intercept/certificate.ts';
import { pem } from '../../src/gateway/intercept/der.ts';

/** What a port does for those who ask for a way to a host. */
export interface Tunnels {
  readonly port: number;
  /** Absolute path of the certificate to trust. */
  readonly ca: string;
  /** The targets of the tunnels that were opened, as `host:port`. */
  readonly opened: readonly string[];
  close(): Promise<void>;
}

/**
 * Listens on a free port for CONNECT, and hands on what comes through the tunnels, decrypted: `serve(socket, clientPort,
 * isHttp2)`. Anything else goes to `serve` as it is.
 */
export async function openTunnels(
  folder: string,
  hosts: readonly string[],
  serve: (socket: Socket, clientPort: number, isHttp2: boolean) => void,
): Promise<Tunnels> {
  const authority = await openAuthority(folder, hosts);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const contexts = new Map<string, SecureContext>();
  const contextOf = (host: string): SecureContext => {
    const known = contexts.get(host);
    if (known !== undefined) return known;
    const certificate = makeCertificate({
      subject: 'A host',
      subjectKey: publicKey,
      issuer: 'Tollgate, on this machine only',
      signer: { privateKey: authority.privateKey, publicKey: createPublicKey(authority.privateKey) },
      notBefore: new Date(Date.now() - 86_400_000),
      notAfter: new Date(Date.now() + 86_400_000),
      kind: { name: 'leaf', host },
    });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const context = createSecureContext({ key, cert: pem('CERTIFICATE', certificate) });
    contexts.set(host, context);
    return context;
  };
  const opened: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    const clientPort = socket.remotePort ?? 0;
    socket.once('data', (head: Buffer) => {
      const target = /^CONNECT (\S+) /.exec(head.toString('latin1'))?.[1];
      if (target === undefined) {
        socket.unshift(head);
        serve(socket, clientPort, false);
        return;
      }
      opened.push(target);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.once('data', (first: Buffer) => {
        socket.pause();
        socket.unshift(first);
        if (first[0] !== 0x16) {
          serve(socket, clientPort, false);
          socket.resume();
          return;
        }
        const secureContext = contextOf(target.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
        const inner = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['h2', 'http/1.1'] });
        inner.on('error', () => inner.destroy());
        inner.once('secure', () => {
          // As a TLS server sets it; sessions of HTTP/2 wait for that.
          Object.assign(inner, { secureConnecting: false });
          serve(inner, clientPort, inner.alpnProtocol === 'h2');
        });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: authority.file,
    opened,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
