import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import {
  closeAll,
  echo,
  endsWith,
  gatewayWith,
  talk,
  tcpUpstream,
  upstream,
  type Echoed,
  type GatewayFixture,
} from './support.ts';

describe('What passes through the gateway', () => {
  afterEach(closeAll);

  it('goes up with the order, case and duplicates of its fields, and the upstream’s own Host', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: `${url}/base` } });
    const answer = await talk(
      gateway.port,
      `GET /a/x?q=%2F&q=2 HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nCookie: a=1\r\nConnection: close, x-hop\r\nx-hop: 1\r\n\r\n`,
      () => false,
    );
    const echoed = bodyOf(answer);
    assert.equal(echoed.url, '/base/x?q=%2F&q=2');
    assert.deepEqual(echoed.rawHeaders, [
      ...['host', new URL(url).host, 'connection', 'keep-alive'],
      ...['X-B', '1', 'x-a', '2', 'X-B', '3', 'Cookie', 'a=1'],
    ]);
  });

  it('comes back with the status line and fields as the upstream wrote them', async () => {
    const { url } = await tcpUpstream((socket) => {
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 402 Pay Up, Please\r\nX-One: 1\r\nx-one: 2\r\nSET-Cookie: a\r\nset-cookie: b\r\nContent-Length: 2\r\n\r\nno',
        ),
      );
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const answer = await talk(gateway.port, get(gateway.port, '/a/'), endsWith('no'));
    assert.match(
      answer,
      /^HTTP\/1\.1 402 Pay Up, Please\r\nX-One: 1\r\nx-one: 2\r\nSET-Cookie: a\r\nset-cookie: b\r\nContent-Length: 2\r\n/,
    );
    assert.doesNotMatch(answer, /^date:/im);
  });

  it('keeps how a body was framed', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: url } });
    const host = `Host: 127.0.0.1:${gateway.port}\r\nConnection: close\r\n`;
    const sized = bodyOf(
      await talk(gateway.port, `POST /a/ HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, () => false),
    );
    assert.equal(sized.body, 'abc');
    assert.ok(sized.rawHeaders.includes('Content-Length'));
    const chunked = bodyOf(
      await talk(
        gateway.port,
        `POST /a/ HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
        () => false,
      ),
    );
    assert.equal(chunked.body, 'abc');
    assert.ok(chunked.rawHeaders.includes('transfer-encoding'));
    assert.ok(!chunked.rawHeaders.includes('content-length'));
  });

  it('leaves compressed bytes alone', async () => {
    const packed = gzipSync('{"ok":true}');
    const { url } = await upstream((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': packed.length }).end(packed);
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const answer = await talk(gateway.port, get(gateway.port, '/a/', 'Connection: close\r\n'), () => false);
    assert.equal(Buffer.from(answer.split('\r\n\r\n')[1] ?? '', 'latin1').compare(packed), 0);
  });

  it('has no body where HTTP has none: HEAD, 204, 304', async () => {
    const { url } = await tcpUpstream((socket) => {
      socket.on('data', (bytes) => {
        const status = /^\w+ \/(\d+)/.exec(bytes.toString())?.[1] ?? '200';
        socket.write(`HTTP/1.1 ${status} Yes\r\n${status === '204' ? '' : 'Content-Length: 5\r\n'}ETag: "x"\r\n\r\n`);
      });
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const two = (first: string): string => `${first}${get(gateway.port, '/_tollgate/health', 'Connection: close\r\n')}`;
    const head = `HEAD /a/200 HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n\r\n`;
    for (const [sent, status, sized] of [
      [head, 200, true],
      [get(gateway.port, '/a/204'), 204, false],
      [get(gateway.port, '/a/304'), 304, true],
    ] as const) {
      const answer = await talk(gateway.port, two(sent), () => false);
      assert.ok(answer.startsWith(`HTTP/1.1 ${status} Yes\r\n`), answer);
      assert.equal(/content-length: 5/i.test(answer), sized);
      // The next answer on that connection begins where the head ended.
      assert.match(answer, /\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    }
  });

  it('keeps trailers', async () => {
    const { url } = await tcpUpstream((socket) => {
      socket.once('data', () =>
        socket.write(
          'HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 7\r\nx-sum: 8\r\n\r\n',
        ),
      );
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const answer = await talk(gateway.port, get(gateway.port, '/a/'), endsWith('8\r\n\r\n'));
    assert.match(answer, /\r\n2\r\nhi\r\n0\r\nX-Sum: 7\r\nx-sum: 8\r\n\r\n$/);
  });

  it('passes early hints on', async () => {
    const { url } = await tcpUpstream((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; as=style\r\n\r\n');
        setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), 20);
      });
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const answer = await talk(gateway.port, get(gateway.port, '/a/'), endsWith('ok'));
    assert.match(answer, /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload; as=style\r\n/);
    assert.match(answer, /\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  it('answers "Expect: 100-continue" itself, and does not pass it on', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: url } });
    const head = `POST /a/ HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
    const interim = await talk(gateway.port, head, (received) => received.includes('\r\n\r\n'));
    assert.equal(interim, 'HTTP/1.1 100 Continue\r\n\r\n');
    const whole = await talk(gateway.port, `${head}abc`, endsWith('\r\n0\r\n\r\n'));
    assert.equal(bodyOf(whole.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')).body, 'abc');
  });

  it('serves a client that offers to change to HTTP/2, over HTTP/1.1', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: url } });
    const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    const answer = await talk(
      gateway.port,
      `POST /a/ HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n${offer}Content-Length: 3\r\n\r\nabc`,
      endsWith('\r\n0\r\n\r\n'),
    );
    assert.equal(bodyOf(answer).body, 'abc');
  });

  it('takes an absolute request target with its own name', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: url } });
    const target = `http://127.0.0.1:${gateway.port}/a/x`;
    const answer = await talk(gateway.port, get(gateway.port, target, 'Connection: close\r\n'), () => false);
    assert.equal(bodyOf(answer).url, '/x');
  });

  it('sends a request again that an idle connection lost, where that does no harm', async () => {
    let connections = 0;
    const { url } = await tcpUpstream((socket) => {
      connections++;
      let requests = 0;
      socket.on('data', () => {
        if (++requests === 2) socket.destroy();
        else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${connections}`);
      });
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    assert.equal(await (await fetch(`${gateway.url}/a/`)).text(), '1');
    assert.equal(await (await fetch(`${gateway.url}/a/`)).text(), '2');
    const post = await fetch(`${gateway.url}/a/`, { method: 'POST', body: 'x' });
    assert.equal(post.status, 502);
    assert.equal(post.headers.get('x-tollgate-error'), 'upstream_reset');
  });
});

describe('A request that could be read in two ways', () => {
  let asked = 0;
  let gateway: GatewayFixture;
  before(async () => {
    const { url } = await upstream((request, response) => {
      asked++;
      echo(request, response);
    });
    gateway = await gatewayWith({ a: { upstream: url } });
  });
  after(closeAll);

  for (const [what, framing] of [
    ['both lengths', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    ['a signed length', 'Content-Length: +3\r\n\r\nabc'],
    ['an unknown coding', 'Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a bare line feed', 'X: 1\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a folded field', 'X: 1\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk size that is none', 'Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n'],
  ] as const)
    it(`is refused: ${what}`, async () => {
      asked = 0;
      const host = `Host: 127.0.0.1:${gateway.port}`;
      const second = `GET /a/second HTTP/1.1\r\n${host}\r\n\r\n`;
      const sent = `POST /a/ HTTP/1.1\r\n${host}\r\n${framing}${second}`;
      const answer = await talk(gateway.port, sent, () => false);
      assert.ok(answer === '' || answer.startsWith('HTTP/1.1 400 '), answer);
      assert.ok(asked <= 1);
    });
});

function get(port: number, target: string, more = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}\r\n`;
}

function bodyOf(answer: string): Echoed {
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  return JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) as Echoed;
}
