import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

interface HttpProxy {
  createProxyServer(options: object): { web(request: IncomingMessage, response: ServerResponse): void };
}

/** The package http-proxy as a reverse proxy, forked. It reads nothing of what passes. */
const [port = '', folder = ''] = process.argv.slice(2);
const packaged = createRequire(`${folder}/`)('http-proxy') as HttpProxy;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const proxy = packaged.createProxyServer({ target: `http://127.0.0.1:${port}`, agent });
const server = createServer((request, response) => proxy.web(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
