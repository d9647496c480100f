import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { closeAll, gatewayWith, tcpUpstream } from '../support.ts';
import { broken, faithful, unreadable } from './responses.ts';

/** Ends the answer to the request that follows on the same connection, by which the first one's end shows. */
const after = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nafter';

describe('Answers of upstreams', () => {
  afterEach(closeAll);

  it('become a 502 where they can be read in two ways or in none', async () => {
    const ask = await answering(unreadable);
    const wrong: string[] = [];
    await Promise.all(
      unreadable.map(async (text, index) => {
        const received = (await ask(index)).replace(/^(?:HTTP\/1\.1 103 Early Hints\r\n\r\n)+/, '');
        if (!received.startsWith('HTTP/1.1 502 Bad Gateway\r\n') || !received.endsWith(after))
          wrong.push(`${JSON.stringify(text.slice(0, 200))} → ${received.slice(0, 60)}`);
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('do not look whole to the client where they break off or go on wrongly', async () => {
    const ask = await answering(broken, 'ends');
    const wrong: string[] = [];
    await Promise.all(
      broken.map(async (text, index) => {
        const received = await ask(index);
        const [head = '', body = ''] = received.split('\r\n\r\n', 2);
        const isWhole = /chunked/i.test(head) ? received.includes('\r\n0\r\n') : body.length >= 9;
        if (isWhole || received.includes('after')) wrong.push(`${JSON.stringify(text)} → ${JSON.stringify(received)}`);
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('pass as they are, but for what concerns one connection only, and leave nothing behind for the next request', async () => {
    const ask = await answering(faithful.map(([sent]) => sent));
    const answers = await Promise.all(faithful.map(([, , method], index) => ask(index, method)));
    assert.deepEqual(
      answers,
      faithful.map(([, received]) => received + after),
    );
  });
});

/** A gateway before an upstream that answers `/a/3` with the fourth text, and `/a/after` with what comes after. */
async function answering(
  texts: readonly string[],
  then: 'ends' | 'stays' = 'stays',
): Promise<(index: number, method?: string) => Promise<string>> {
  const { url } = await tcpUpstream((socket) => {
    socket.on('data', (bytes) => {
      const path = /^\S+ \/(\S+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
      const text = path === 'after' ? after : (texts[Number(path)] ?? '');
      socket.write(text, 'latin1');
      // Where a body has no end of its own it ends with the connection.
      if (path !== 'after' && (then === 'ends' || !/content-length|transfer-encoding/i.test(text))) socket.end();
    });
  });
  const { port } = await gatewayWith({ a: { upstream: url } });
  return (index, method = 'GET') => {
    const head = (path: string): string => ` /a/${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let received = '';
      socket.setTimeout(5000, () => socket.destroy());
      socket
        .setEncoding('latin1')
        .on('data', (piece: string) => {
          received += piece;
          if (received.endsWith('after')) socket.destroy();
        })
        .on('error', () => undefined)
        .on('end', () => socket.destroy())
        .on('close', () => resolve(received));
      socket.write(`${method}${head(String(index))}\r\nGET${head('after')}\r\n`);
    });
  };
}
