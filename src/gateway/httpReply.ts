import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HeaderList } from '../shared/exchange.ts';
import type { RawHeaders, Reply, TunnelWatch } from './engine.ts';
import { joinTunnel } from './tunnel.ts';

/** The way back to a client over node:http. */
export class HttpReply implements Reply {
  readonly #response: ServerResponse;
  #bodyBegun = false;
  #over = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    // The upstream's own Date is passed on; where it has none, none is made up.
    response.sendDate = false;
  }

  inform(status: number, headers: RawHeaders): void {
    if (this.#response.headersSent || this.#response.req.httpVersion !== '1.1') return;
    if (status === 102) this.#response.writeProcessing();
    if (status !== 103) return;
    const hints = hintsFrom(headers);
    if (hints.link !== undefined) this.#response.writeEarlyHints(hints);
  }

  begin(status: number, reason: string, headers: RawHeaders): void {
    if (this.#over || this.#response.destroyed) return;
    this.#response.writeHead(status, reason, headers as string[]);
    // A head whose body is here already goes out together with it; any other must not wait for it.
    process.nextTick(() => {
      if (!this.#bodyBegun && !this.#over) this.#response.flushHeaders();
    });
  }

  write(bytes: Uint8Array): boolean {
    this.#bodyBegun = true;
    return this.#response.write(bytes);
  }

  onDrain(listener: () => void): void {
    this.#response.on('drain', listener);
  }

  end(trailers: HeaderList): void {
    if (this.#over) return;
    this.#over = true;
    if (trailers.length > 0) this.#response.addTrailers(trailers as [string, string][]);
    this.#response.end();
  }

  destroy(): void {
    this.#over = true;
    this.#response.socket?.destroy();
    this.#response.destroy();
  }

  tunnel(status: number, reason: string, headers: RawHeaders, upstream: Duplex, watch: TunnelWatch): void {
    const { socket } = this.#response;
    this.#over = true;
    if (socket === null) {
      upstream.destroy();
      watch.ended();
      return;
    }
    this.#response.detachSocket(socket);
    let head = `HTTP/1.1 ${status} ${reason}\r\n`;
    for (let index = 0; index + 1 < headers.length; index += 2)
      head += `${headers[index] ?? ''}: ${headers[index + 1] ?? ''}\r\n`;
    socket.write(`${head}\r\n`, 'latin1');
    joinTunnel(socket, upstream, watch);
  }

  onGone(listener: () => void): void {
    this.#response.once('close', () => {
      if (!this.#over || !this.#response.writableFinished) listener();
    });
  }
}

/** The fields of an interim answer as Node takes them. */
function hintsFrom(headers: RawHeaders): Record<string, string | string[]> {
  const hints: Record<string, string[]> = {};
  for (let index = 0; index + 1 < headers.length; index += 2)
    (hints[(headers[index] ?? '').toLowerCase()] ??= []).push(headers[index + 1] ?? '');
  return hints;
}

/** Why a request cannot be read, answered without knowing more about it. */
export function refuseMalformed(
  request: Pick<IncomingMessage, 'socket'>['socket'],
  body: string,
  status: string,
): void {
  if (!request.writable) {
    request.destroy();
    return;
  }
  const length = Buffer.byteLength(body);
  request.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${length}\r\n` +
      `x-tollgate-error: bad_request\r\nConnection: close\r\n\r\n${body}`,
  );
}
