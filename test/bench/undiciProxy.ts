import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool, type Dispatcher } from 'undici';

/** A plain proxy of node:http and undici's `dispatch`, forked: about the least that the two can do. It records nothing. */
const upstream = new Pool(`http://127.0.0.1:${process.argv[2] ?? ''}`, { connections: 64 });
const server = createServer((incoming, response) => {
  const { method = 'GET', url = '/', rawHeaders } = incoming;
  const headers = rawHeaders.filter(
    (_text, index) => !/^(host|connection|content-length|keep-alive)$/i.test(rawHeaders[index - (index % 2)] ?? ''),
  );
  const pass: Dispatcher.DispatchHandler = {
    onConnect: () => undefined,
    onHeaders: (status, raw, resume) => {
      response.writeHead(
        status,
        raw.map((text) => text.toString('latin1')),
      );
      response.on('drain', resume);
      return true;
    },
    onData: (bytes) => response.write(bytes),
    onComplete: () => void response.end(),
    onError: () => void response.destroy(),
  };
  upstream.dispatch({ path: url, method: method, headers, body: incoming }, pass);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
