import assert from 'node:assert/strict';
import { ChunkedReader } from '../../../src/gateway/wire/chunkedReader.ts';
import { writeFields } from '../../../src/gateway/wire/fields.ts';
import { readRequestHead, wrongSoFar } from '../../../src/gateway/wire/requestHead.ts';
import { findResponseHead } from '../../../src/gateway/wire/responseHead.ts';
import { createIntake } from '../../../src/gateway/store/intake.ts';
import type { CaptureEvent } from '../../../src/gateway/parts.ts';
import type { ExchangeId } from '../../../src/shared/exchange.ts';
import { mutated, randomFrom } from './mutations.ts';

describe('The reader of heads', () => {
  const statusOf = (head: string): number => {
    const read = readRequestHead(head, 0, head.length);
    return 'why' in read ? read.status : 200;
  };

  it('takes what is legal, with names and values as they were sent', () => {
    const head = 'QUERY /a?b=%2F&c=é HTTP/1.1\r\nHost: h:80\r\nX-A:  \t1 \r\nx-a:\r\nX-Latin: \xe9\r\n\r\n';
    const read = readRequestHead(head, 0, head.length);
    assert.ok(!('why' in read));
    assert.equal(read.method, 'QUERY');
    assert.deepEqual(read.fields, ['Host', 'h:80', 'X-A', '1', 'x-a', '', 'X-Latin', '\xe9']);
    for (const legal of [
      'GET http://h/x HTTP/1.1\r\nHost: H:80\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: [::1]:5\r\nContent-Length: 007\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n',
    ])
      assert.equal(statusOf(legal), 200, legal);
  });

  it('refuses what can be read in two ways', () => {
    const host = 'Host: h\r\n';
    for (const [head, status] of [
      ['GET / HTTP/1.1\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\n${host}Host: h\r\n\r\n`, 400],
      ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nHost: a@b\r\n\r\n', 400],
      [`GET  / HTTP/1.1\r\n${host}\r\n`, 400],
      [`GET / HTTP/1.1 \r\n${host}\r\n`, 400],
      [`GET /#f HTTP/1.1\r\n${host}\r\n`, 400],
      [`GET * HTTP/1.1\r\n${host}\r\n`, 400],
      [`GET http://other/ HTTP/1.1\r\n${host}\r\n`, 400],
      [`GET / HTTP/2.0\r\n${host}\r\n`, 505],
      [`GET / http/1.1\r\n${host}\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}X : 1\r\n\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}X: 1\r\n 2\r\n\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}X: 1\n\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}X: 1\rY: 2\r\n\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}X: \0\r\n\r\n`, 400],
      [`GET / HTTP/1.1\r\n${host}: 1\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 1\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Content-Length: \r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Content-Length: 0x1\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: \x0bchunked\r\n\r\n`, 400],
      [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: gzip, chunked\r\n\r\n`, 501],
      ['POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
      [`POST / HTTP/1.1\r\n${host}Expect: a-miracle\r\n\r\n`, 417],
    ] as const)
      assert.equal(statusOf(head), status, JSON.stringify(head));
  });

  it('tells at once of a head that can only become wrong', () => {
    for (const begun of ['\x16\x03\x01\x02', 'GET / HTTP/1.1\n', 'GET / HTTP/1.1\r\nX: 1\n', ' GET'])
      assert.ok(wrongSoFar(begun, 0), JSON.stringify(begun));
    const whole = 'POST /a HTTP/1.1\r\nHost: h\r\nX: é\r\n';
    for (let end = 0; end <= whole.length; end++) assert.equal(wrongSoFar(whole.slice(0, end), 0), null);
  });

  it('holds answers to the same', () => {
    const found = (head: string, method = 'GET'): unknown => {
      const read = findResponseHead(Buffer.from(head, 'latin1'), method);
      return read === null || typeof read === 'string' ? read : read.head.framing.kind;
    };
    assert.equal(found('HTTP/1.1 200\r\n\r\n'), 'untilClose');
    assert.equal(found('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'), 'sized');
    assert.equal(found('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n', 'HEAD'), 'none');
    assert.equal(found('HTTP/1.1 304 No\r\nContent-Length: 2\r\n\r\n'), 'none');
    assert.equal(found('HTTP/1.1 20'), null);
    for (const wrong of [
      'SSH-2.0-x\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n',
      'HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\n\r\n',
      'HTTP/1.1 200 OK\nX: 1\n\n',
      'HTTP/1.1 099 OK\r\n\r\n',
    ])
      assert.notEqual(found(wrong), null, wrong);
    for (const wrong of ['HTTP/1.1 099 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nX : 1\r\n\r\n'])
      assert.ok(!['sized', 'none', 'untilClose', 'chunked'].includes(String(found(wrong))), wrong);
  });

  it('reads a thousand disturbed requests without a failure, and none of them longer than it is', () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const text = mutated(randomFrom(seed));
      const end = text.indexOf('\r\n\r\n');
      if (end === -1) wrongSoFar(text, 0);
      else readRequestHead(text, 0, end + 4);
    }
    assert.equal(mutated(randomFrom(7)), mutated(randomFrom(7)));
  });

  it('writes no field that would be two on the wire', () => {
    for (const value of ['a\r\nX: 1', 'a\nb', 'a\u010ab', '\0'])
      assert.throws(() => writeFields(['A', value]), TypeError);
    assert.throws(() => writeFields(['A\r\nB', '1']), TypeError);
    assert.equal(writeFields(['A', '1', 'a', '']), 'A: 1\r\na: \r\n');
  });
});

describe('The reader of chunks', () => {
  const read = (
    pieces: readonly string[],
  ): { readonly data: string; readonly rest: number; readonly trailers: unknown } => {
    const reader = new ChunkedReader();
    let data = '';
    let rest = -1;
    for (const piece of pieces) {
      const bytes = Buffer.from(piece, 'latin1');
      rest = reader.read(bytes, 0, (part) => (data += part.toString('latin1')));
      if (rest !== -1) rest = bytes.length - rest;
    }
    return { data, rest, trailers: reader.trailers };
  };
  const body = '3;a="b;\\""\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 7\r\nx-sum: 8\r\n\r\n';

  it('reads the same however it is cut', () => {
    const wanted = { data: 'abc0123456789', rest: 0, trailers: ['X-Sum', '7', 'x-sum', '8'] };
    assert.deepEqual(read([body]), wanted);
    for (let at = 1; at < body.length; at++) assert.deepEqual(read([body.slice(0, at), body.slice(at)]), wanted);
    assert.deepEqual(read(Array.from(body)), wanted);
    assert.equal(read([`${body}GET`]).rest, 3);
  });

  it('refuses what is none', () => {
    for (const wrong of [
      ...[
        'x\r\n',
        '0x3\r\nabc',
        '-1\r\n',
        '3 \r\nabc',
        '3\nabc',
        '3\r\nabcd\r\n',
        '3\r\nabc\n0',
        '3;\r\nabc',
        '3;a=\r\nabc',
      ],
      ...['0\r\nX : 1\r\n\r\n', '0\r\n X: 1\r\n\r\n', '0\r\n\n', 'fffffffffffffff\r\n', `3;${'a'.repeat(5000)}\r\n`],
    ])
      assert.throws(() => read([wrong]), /FramingError|chunk|trailer|line/i, JSON.stringify(wrong));
  });
});

describe('What waits to be recorded', () => {
  const begin = (id: number): CaptureEvent =>
    ({ type: 'begin', id: `x${id}` as ExchangeId, url: 'http://h/', headers: [] }) as unknown as CaptureEvent;

  it('is bounded: further calls are left out, counted, and told of once there is room', () => {
    const passed: string[] = [];
    const told: number[] = [];
    const intake = createIntake(
      (event) => passed.push('id' in event ? event.id : ''),
      (count) => told.push(count),
    );
    intake.take(begin(1), 0);
    for (let id = 2; id < 7; id++) intake.take(begin(id), 64 * 1024 * 1024);
    // Not before half of it is worked off.
    intake.take(begin(7), 30 * 1024 * 1024);
    intake.take(begin(8), 1024);
    assert.deepEqual(passed, ['x1', 'x8']);
    assert.deepEqual(told, [6]);
  });
});
