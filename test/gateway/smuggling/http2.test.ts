import assert from 'node:assert/strict';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { closeAll, closeLater, gatewayWith, tcpUpstream, type GatewayFixture } from '../support.ts';
import { fieldBlock, flags, frame, preface, types } from './frames.ts';

type Fields = readonly (readonly [string, string])[];

describe('HTTP/2 that is none, or too much of it', () => {
  let gateway: GatewayFixture;
  let heard = '';
  let answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
  before(async () => {
    const { url } = await tcpUpstream((socket) => {
      socket.on('data', (bytes) => {
        heard += bytes.toString('latin1');
        socket.write(answer);
      });
    });
    gateway = await gatewayWith({ a: { upstream: url } });
  });
  beforeEach(() => (heard = ''));
  after(closeAll);

  it('is refused before the upstream hears of it where a head could become another over HTTP/1.1', async () => {
    const host = `127.0.0.1:${gateway.port}`;
    const usual = requestTo(gateway.port);
    const instead = (name: string, value: string): Fields =>
      usual.map((one) => (one[0] === name ? [name, value] : one));
    const wrong: readonly Fields[] = [
      [...usual, ['Upper', 'x']],
      [...usual, ['connection', 'close']],
      [...usual, ['keep-alive', 'x']],
      [...usual, ['proxy-connection', 'x']],
      [...usual, ['transfer-encoding', 'chunked']],
      [...usual, ['upgrade', 'h2c']],
      [...usual, ['te', 'gzip']],
      [...usual, [':path', '/b']],
      [...usual, ['x', 'y'], [':method', 'GET']],
      [...usual, [':unknown', 'y']],
      [...usual, [':status', '200']],
      [...usual, ['host', 'evil.test']],
      [...usual, ['host', host], ['host', host]],
      [...usual, ['content-length', '1'], ['content-length', '2']],
      [...usual, ['content-length', '+4']],
      [...usual, ['content-length', '4, 4']],
      usual.slice(1),
      usual.slice(0, 2),
      usual.filter(([name]) => name !== ':scheme'),
      usual.filter(([name]) => name !== ':path'),
      usual.filter(([name]) => name !== ':authority'),
      instead(':method', 'GET / HTTP/1.1\r\nX:'),
      instead(':method', 'G ET'),
      instead(':method', ''),
      instead(':method', 'CONNECT'),
      instead(':path', ''),
      instead(':path', 'x'),
      instead(':path', '*'),
      instead(':path', '/a/x HTTP/1.1\r\nX: y'),
      instead(':path', '/a/x y'),
      instead(':path', '/a/x#y'),
      instead(':path', `http://${host}/a/x`),
      instead(':path', 'http://evil.test/'),
      instead(':authority', `user@${host}`),
      instead(':authority', `${host}\r\nX: y`),
      instead(':authority', `${host} x`),
      instead(':authority', 'evil.test'),
      instead(':authority', ''),
    ];
    const statuses = await Promise.all(
      wrong.map((fields) => exchange(gateway.port, headers(1, fields, flags.endStream | flags.endHeaders))),
    );
    const answered = wrong.filter((_, index) => statuses[index] === 'answered');
    assert.deepEqual({ answered, heard }, { answered: [], heard: '' });
    assert.equal(await exchange(gateway.port, headers(1, usual, flags.endStream | flags.endHeaders)), 'answered');
  });

  it('leaves out fields whose names or values are none, so that they cannot become others', async () => {
    const usual = requestTo(gateway.port);
    const none: Fields = [
      ...(['a\r\nevil: 1', 'a\nevil: 1', 'a\rb: evil', 'evil\0'] as const).map((value) => ['x', value] as const),
      ...(['x\r\nevil', 'x evil', 'x:evil', 'evil\0', 'evil\t', ''] as const).map((name) => [name, 'evil'] as const),
    ];
    const flag = flags.endStream | flags.endHeaders;
    await Promise.all(none.map((field) => exchange(gateway.port, headers(1, [...usual, field], flag))));
    assert.ok(!heard.includes('evil'), heard);
  });

  it('breaks the upload off where a body is not as long as it says', async () => {
    const fields = (length: string): Fields => [...requestTo(gateway.port), ['content-length', length]];
    const body = frame(types.data, flags.endStream, 1, Buffer.from('abcd'));
    for (const length of ['3', '5', '0'])
      await exchange(gateway.port, Buffer.concat([headers(1, fields(length), flags.endHeaders), body]));
    assert.ok(!heard.includes('abcd'), heard);
    assert.equal(
      await exchange(gateway.port, Buffer.concat([headers(1, fields('4'), flags.endHeaders), body])),
      'answered',
    );
  });

  it('ends connections that flood, and goes on serving others', async () => {
    const usual = requestTo(gateway.port);
    const more = fieldBlock([['x', 'y'.repeat(1000)]]);
    const times = (count: number, one: (index: number) => Buffer): Buffer =>
      Buffer.concat(Array.from({ length: count }, (_, index) => one(index)));
    const floods = {
      continuation: Buffer.concat([headers(1, usual, 0), times(2000, () => frame(types.continuation, 0, 1, more))]),
      emptyContinuation: Buffer.concat([headers(1, usual, 0), times(20_000, () => frame(types.continuation, 0, 1))]),
      rapidReset: times(5000, (index) =>
        Buffer.concat([
          headers(2 * index + 1, usual, flags.endStream | flags.endHeaders),
          frame(types.reset, 0, 2 * index + 1, Buffer.from([0, 0, 0, 8])),
        ]),
      ),
      settings: times(5000, () => frame(types.settings, 0, 0, Buffer.alloc(6))),
      ping: times(20_000, () => frame(types.ping, 0, 0, Buffer.alloc(8))),
      emptyData: Buffer.concat([headers(1, usual, flags.endHeaders), times(20_000, () => frame(types.data, 0, 1))]),
      // One field of 4 KB, put into the table once and named sixty thousand times (RFC 7541, 6.1).
      bomb: Buffer.concat([
        headers(1, [...usual], 0),
        frame(
          types.continuation,
          0,
          1,
          Buffer.concat([Buffer.from([0x40]), fieldBlock([['x', 'y'.repeat(3900)]]).subarray(1)]),
        ),
        times(4, () => frame(types.continuation, 0, 1, Buffer.alloc(15_000, 0xbe))),
        frame(types.continuation, flags.endHeaders, 1),
      ]),
    };
    for (const [name, bytes] of Object.entries(floods)) {
      const outcome = await exchange(gateway.port, bytes);
      if (name !== 'ping') assert.notEqual(outcome, 'open', name);
    }
    const session = connectHttp2(`http://127.0.0.1:${gateway.port}`);
    closeLater(() => new Promise<void>((resolve) => session.close(resolve)));
    assert.equal(await statusOf(session), 200);
  });

  it('carries answers that have fields which HTTP/2 has once only, twice', async () => {
    answer =
      'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: c/d\r\nDate: x\r\nDate: y\r\nHTTP2-Settings: x\r\nContent-Length: 2\r\n\r\nok';
    const session = connectHttp2(`http://127.0.0.1:${gateway.port}`);
    closeLater(() => new Promise<void>((resolve) => session.close(resolve)));
    assert.equal(await statusOf(session), 200);
  });
});

function requestTo(port: number): Fields {
  return [
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', '/a/x'],
    [':authority', `127.0.0.1:${port}`],
  ];
}

function headers(stream: number, fields: Fields, flag: number): Buffer {
  return frame(types.headers, flag, stream, fieldBlock(fields));
}

/** Says something behind the preface. Whether a 200 came, a refusal of any kind, or neither. */
function exchange(port: number, bytes: Buffer): Promise<'answered' | 'refused' | 'open'> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    const done = (outcome: 'answered' | 'refused' | 'open'): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(2000, () => done('open'));
    socket
      .on('data', (piece) => {
        received = Buffer.concat([received, piece]);
        for (const { type, first } of framesIn(received)) {
          if (type === types.headers) {
            done(first === 0x88 ? 'answered' : 'refused');
            return;
          }
          if (type === types.reset || type === types.goAway) {
            done('refused');
            return;
          }
        }
      })
      .on('error', () => done('refused'))
      .on('close', () => done('refused'));
    socket.write(Buffer.concat([preface, frame(types.settings, 0, 0), bytes]));
  });
}

/** The types of frames, and the first byte of what each holds: 0x88 is the status 200 (RFC 7541, appendix A). */
function* framesIn(bytes: Buffer): Generator<{ readonly type: number; readonly first: number | undefined }> {
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3))
    yield { type: bytes.readUInt8(at + 3), first: bytes[at + 9] };
}

function statusOf(session: ClientHttp2Session): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/a/x' });
    stream.on('response', (fields) => resolve(Number(fields[':status'])));
    stream.on('error', () => reject(new Error('The stream was reset.')));
    stream.resume();
  });
}
