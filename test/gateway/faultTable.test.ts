import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { closeAll, gatewayWith, tcpUpstream, until } from './support.ts';

const head = 'HTTP/1.1 200 OK\r\n';

/** What an upstream does once it has heard a request's head. */
type Fault = (socket: Socket) => void;
const says =
  (text: string, then: 'end' | 'reset' | 'stay'): Fault =>
  (socket) => {
    socket.write(text, 'latin1', () => {
      if (then === 'end') socket.end();
      // Else the reset may overtake what was written.
      else if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 50);
    });
  };

/** What goes wrong upstream, what the client sees of it, and how the call is recorded. */
const faults: readonly (readonly [what: string, fault: Fault, client: string, log: string])[] = [
  ['ends without a word', (socket) => socket.end(), '502 upstream_reset', 'failed upstream_reset'],
  ['resets without a word', (socket) => socket.resetAndDestroy(), '502 upstream_reset', 'failed upstream_reset'],
  ['is silent', () => undefined, '504 upstream_timeout', 'failed upstream_timeout'],
  ['ends within the first line', says('HTTP/1.', 'end'), '502 upstream_reset', 'failed upstream_reset'],
  ['resets within the first line', says('HTTP/1.', 'reset'), '502 upstream_reset', 'failed upstream_reset'],
  ['is silent within the head', says(`${head}X: y\r\n`, 'stay'), '504 upstream_timeout', 'failed upstream_timeout'],
  ['ends within the head', says(`${head}X: y\r\n`, 'end'), '502 upstream_reset', 'failed upstream_reset'],
  ['ends behind early hints', says('HTTP/1.1 103 X\r\n\r\n', 'end'), '103 502 upstream_reset', 'failed upstream_reset'],
  ['ends before a sized body', says(`${head}Content-Length: 9\r\n\r\n`, 'end'), '200 cut', 'failed upstream_reset'],
  ['ends within a sized body', says(`${head}Content-Length: 9\r\n\r\nabc`, 'end'), '200 cut', 'failed upstream_reset'],
  [
    'resets within a sized body',
    says(`${head}Content-Length: 9\r\n\r\nabc`, 'reset'),
    '200 cut',
    'failed upstream_reset',
  ],
  [
    'is silent within a body',
    says(`${head}Content-Length: 9\r\n\r\nabc`, 'stay'),
    '200 cut',
    'failed upstream_timeout',
  ],
  [
    'ends within a chunk',
    says(`${head}Transfer-Encoding: chunked\r\n\r\n9\r\nabc`, 'end'),
    '200 cut',
    'failed upstream_reset',
  ],
  [
    'ends between chunks',
    says(`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`, 'end'),
    '200 cut',
    'failed upstream_reset',
  ],
  [
    'ends within trailers',
    says(`${head}Transfer-Encoding: chunked\r\n\r\n0\r\nX: y`, 'end'),
    '200 cut',
    'failed upstream_reset',
  ],
  [
    'sends no chunk',
    says(`${head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 'stay'),
    '200 cut',
    'failed upstream_protocol_error',
  ],
  ['resets a body without length', says(`${head}\r\nabc`, 'reset'), '200 cut', 'failed upstream_reset'],
  ['ends a body without length', says(`${head}\r\nabc`, 'end'), '200 whole', 'complete '],
  ['ends behind its answer', says(`${head}Content-Length: 3\r\n\r\nabc`, 'end'), '200 whole', 'complete '],
  ['resets behind its answer', says(`${head}Content-Length: 3\r\n\r\nabc`, 'reset'), '200 whole', 'complete '],
  [
    'says more than its answer',
    says(`${head}Content-Length: 3\r\n\r\nabc${head}\r\n`, 'stay'),
    '200 whole',
    'complete ',
  ],
  [
    'is no server of HTTP',
    says('220 mail.test ESMTP\r\n', 'stay'),
    '502 upstream_protocol_error',
    'failed upstream_protocol_error',
  ],
];

describe('Where an upstream fails, whatever it is at', () => {
  afterEach(closeAll);

  it('the client sees that, other calls do not, and the log has all of them', async () => {
    const { url } = await tcpUpstream((socket) => {
      let heard = '';
      socket.on('data', (bytes) => {
        heard += bytes.toString('latin1');
        const index = /^\S+ \/(\d+) [\s\S]*\r\n\r\n/.exec(heard)?.[1];
        if (index === undefined) return;
        heard = '';
        if (index === '999') socket.write(`${head}Content-Length: 3\r\n\r\nabc`);
        else faults[Number(index)]?.[1](socket);
      });
    });
    const gateway = await gatewayWith({ a: { upstream: url, timeouts: { firstByte: 1, idle: 1 } } });
    const seen = await Promise.all(
      faults.map(async ([what], index) => {
        const others = [ask(gateway.port, 999), ask(gateway.port, index), ask(gateway.port, 999)];
        const [before, client, after] = await Promise.all(others);
        assert.deepEqual([before, after], ['200 whole', '200 whole'], what);
        return [what, client];
      }),
    );
    assert.deepEqual(
      seen,
      faults.map(([what, , client]) => [what, client]),
    );
    const rows = await until(async () => {
      const page = await gateway.api.exchanges({ filter: '', limit: 500 });
      const ended = page.rows.filter(({ state }) => state !== 'open');
      return ended.length === 3 * faults.length ? ended : null;
    }, 'all calls in the log');
    const logged = new Map<string, string>();
    for (const row of rows) {
      const exchange = await gateway.api.exchange(row.id);
      logged.set(row.path, `${row.state} ${exchange?.failure?.code ?? ''}`);
    }
    assert.deepEqual(
      faults.map(([what], index) => [what, logged.get(`/${index}`)]),
      faults.map(([what, , , log]) => [what, log]),
    );
  });
});

/** What became of a call, as its client sees it: the status, our own reason, or whether the body is whole. */
function ask(port: number, index: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      received += piece;
      if (isWhole(received)) socket.destroy();
    });
    socket.on('error', () => undefined).on('end', () => socket.destroy());
    socket.on('close', () => {
      const interim = received.startsWith('HTTP/1.1 103') ? '103 ' : '';
      const [, status = 'none'] = /HTTP\/1\.1 ([2-5]\d\d)/.exec(received) ?? [];
      const [, code] = /x-tollgate-error: (\S+)/i.exec(received) ?? [];
      resolve(`${interim}${status} ${code ?? (isWhole(received) ? 'whole' : 'cut')}`);
    });
    socket.write(`GET /a/${index} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  });
}

function isWhole(received: string): boolean {
  const [, head = '', body = ''] =
    /^(?:HTTP\/1\.1 103[\s\S]*?\r\n\r\n)?([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(received) ?? [];
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length);
}
