import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { secureUpstream, interceptingGateway } from '../interceptStage.ts';
import { closeAll, gatewayWith, tcpUpstream, until } from '../support.ts';
import { taken } from './legalRequests.ts';
import { refused } from './requests.ts';

/** Connections that talk at the same time. */
const atOnce = 40;

/** Opens a connection to where a request is sent. */
type Dial = () => Promise<Socket>;

describe('Requests that two readers could read differently', () => {
  afterEach(closeAll);

  it('are refused and the connection closed before the upstream hears a byte, at an API', async () => {
    const up = await silentUpstream();
    const gateway = await gatewayWith({ a: { upstream: up.url } });
    const wrong = await unlikeRefused(() => dial(gateway.port), '/a', `127.0.0.1:${gateway.port}`, refused);
    assert.deepEqual({ wrong, heard: up.heard() }, { wrong: [], heard: '' });
  });

  it('are refused where the gateway is a proxy, and within its tunnels', async () => {
    const up = await silentUpstream();
    const host = new URL(up.url).host;
    const gateway = await interceptingGateway(['127.0.0.1']);
    const proxied = await unlikeRefused(() => dial(gateway.port), up.url, host, refused);
    const tunnel: Dial = () => dialTunnel(gateway.port, host);
    // A tunnel's first words may be of any protocol: what does not look like HTTP at all passes on.
    const inTunnels = refused.filter((text) => /^[A-Z]+ (?:\{T\}|http)/.test(text) && !text.startsWith('CONNECT'));
    const tunnelled = await unlikeRefused(tunnel, '', host, inTunnels);
    assert.deepEqual({ proxied, tunnelled, heard: up.heard() }, { proxied: [], tunnelled: [], heard: '' });
  });

  it('are refused within TLS that is read', async () => {
    const heard: string[] = [];
    const secure = await secureUpstream((request, response) => {
      heard.push(request.url ?? '');
      response.end('ok');
    });
    const gateway = await interceptingGateway(['localhost']);
    const dialSecure: Dial = async () => {
      const socket = await dialTunnel(gateway.port, secure.host);
      const encrypted = connectTls({ socket, servername: 'localhost', rejectUnauthorized: false });
      await new Promise<void>((resolve, reject) => encrypted.once('secureConnect', resolve).once('error', reject));
      return encrypted;
    };
    // One in twelve: what reads them is the same, and a handshake takes a while.
    const some = refused.filter((text, index) => index % 12 === 0 && /^[A-Z]+ \{T\}/.test(text));
    assert.ok(some.length > 20);
    assert.deepEqual(
      { wrong: await unlikeRefused(dialSecure, '', secure.host, some), heard },
      { wrong: [], heard: [] },
    );
  });
});

describe('Requests that everybody reads alike', () => {
  afterEach(closeAll);

  it('pass as they are, but for what concerns one connection only', async () => {
    const heard = new Map<Socket, string>();
    const { url } = await tcpUpstream((socket) => {
      socket.on('data', (bytes) => {
        heard.set(socket, (heard.get(socket) ?? '') + bytes.toString('latin1'));
        if (isWhole(heard.get(socket) ?? '')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    const { port } = await gatewayWith({ a: { upstream: url } });
    const fields = `host: ${new URL(url).host}\r\nconnection: keep-alive\r\n`;
    for (const [sent, arrives] of taken) {
      heard.clear();
      const text = sent.replaceAll('{T}', '/a').replaceAll('{H}', `127.0.0.1:${port}`);
      // It ends its side, and still gets its answer.
      const socket = await dial(port);
      const answer = said(socket, text);
      socket.end();
      assert.match(await answer, /^HTTP\/1\.1 200 OK\r\n[\s\S]*ok$/, text);
      assert.deepEqual([...heard.values()], [arrives.replaceAll('{F}', fields)]);
    }
  });

  it('are not answered for long to a client that has left without a word', async () => {
    let ended = false;
    const { url } = await tcpUpstream((socket) => socket.on('close', () => (ended = true)).resume());
    const { port } = await gatewayWith({ a: { upstream: url } });
    const socket = await dial(port);
    socket.end(`GET /a/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    await until(() => ended);
  });
});

/** Whether the request that begins a text has ended, as far as those of the tests go. */
function isWhole(text: string): boolean {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  if (/transfer-encoding/i.test(head)) return text.endsWith('\r\n\r\n') && text.includes('\r\n0\r\n');
  return text.includes('\r\n\r\n') && body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
}

/** An upstream that answers nothing and keeps what it hears. */
async function silentUpstream(): Promise<{ readonly url: string; heard(): string }> {
  let heard = '';
  const { url } = await tcpUpstream((socket) => {
    socket.on('data', (bytes) => (heard += bytes.toString('latin1').slice(0, 200)));
  });
  return { url, heard: () => heard };
}

/** Those of the requests that were not answered with one refusal and the end of the connection, and what came instead. */
async function unlikeRefused(
  dialOne: Dial,
  target: string,
  host: string,
  requests: readonly string[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const left = requests.map((text) => text.replaceAll('{T}', target).replaceAll('{H}', host));
  const work = async (): Promise<void> => {
    for (let text = left.pop(); text !== undefined; text = left.pop()) {
      const answer = await said(await dialOne(), text);
      const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
      const isRefusal =
        answer.startsWith('HTTP') &&
        statuses.length === 1 &&
        /^(?:400|403|404|414|417|431|501|505)$/.test(statuses[0] ?? '');
      if (!isRefusal)
        wrong.push(
          `${JSON.stringify(text.slice(0, 300))} → ${statuses.join(' ') || answer.slice(0, 80)} ${answer.slice(0, 12)}`,
        );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return wrong;
}

/** Says something and hears all until the other side ends the connection, or for seconds nothing. */
function said(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    socket.setTimeout(3000, () => {
      received = `stays open: ${received}`;
      socket.destroy();
    });
    socket
      .setEncoding('latin1')
      .on('data', (piece: string) => (received += piece))
      .on('error', () => undefined)
      .on('end', () => socket.destroy())
      .on('close', () => resolve(received));
    socket.write(text, 'latin1');
  });
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).once('error', reject);
  });
}

async function dialTunnel(port: number, host: string): Promise<Socket> {
  const socket = await dial(port);
  socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  return socket;
}
