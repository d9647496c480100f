import { createRequire } from 'node:module';

interface Mockttp {
  getLocal(): {
    start(): Promise<void>;
    on(event: 'request' | 'response', listener: () => void): Promise<void>;
    forAnyRequest(): { thenForwardTo(url: string): Promise<unknown> };
    readonly port: number;
  };
}

/** The package mockttp as a reverse proxy with listeners, forked: it records as we do, but stores nothing. */
const [port = '', folder = ''] = process.argv.slice(2);
const packaged = createRequire(`${folder}/`)('mockttp') as Mockttp;
const server = packaged.getLocal();
await server.start();
await server.on('request', () => undefined);
await server.on('response', () => undefined);
await server.forAnyRequest().thenForwardTo(`http://127.0.0.1:${port}`);
process.on('disconnect', () => process.exit());
process.send?.(server.port);
