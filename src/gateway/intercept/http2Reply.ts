import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { HeaderList } from '../../shared/exchange.ts';
import type { RawHeaders, Reply, TunnelWatch } from '../engine.ts';
import { passableTrailers } from '../wire/trailers.ts';

/** The way back to a client over one stream of HTTP/2. */
export class Http2Reply implements Reply {
  readonly #stream: ServerHttp2Stream;
  #trailers: HeaderList = [];
  #over = false;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  inform(status: number, headers: RawHeaders): void {
    if (this.#stream.headersSent || this.#stream.destroyed || status === 101) return;
    this.#sending((one) => this.#stream.additionalHeaders({ ...one(headers), ':status': status }));
  }

  begin(status: number, _reason: string, headers: RawHeaders): void {
    if (this.#over || this.#stream.destroyed || this.#stream.headersSent) return;
    this.#stream.on('wantTrailers', () => {
      const trailers = passableTrailers(this.#trailers.flat());
      this.#sending((one) => this.#stream.sendTrailers(one(trailers)));
    });
    const options = { waitForTrailers: true, sendDate: false } as object;
    this.#sending((one) => this.#stream.respond({ ...one(headers), ':status': status }, options));
  }

  /** Node sends no field twice of which there is one by definition, as some servers do: then each goes out once. */
  #sending(send: (fields: (raw: RawHeaders) => OutgoingHttpHeaders) => void): void {
    try {
      send(fieldsOf);
    } catch {
      try {
        send((raw) => onceEach(fieldsOf(raw)));
      } catch {
        this.destroy();
      }
    }
  }

  write(bytes: Uint8Array): boolean {
    // An answer to HEAD, or one of a status without content, is over with its head.
    if (this.#stream.writableEnded || this.#stream.destroyed) return true;
    return this.#stream.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  onDrain(listener: () => void): void {
    this.#stream.on('drain', listener);
  }

  end(trailers: HeaderList): void {
    if (this.#over) return;
    this.#over = true;
    this.#trailers = trailers;
    this.#stream.end();
  }

  destroy(): void {
    this.#over = true;
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  /** Nothing can be upgraded here: the server offers no extended CONNECT (RFC 8441). */
  tunnel(_status: number, _reason: string, _headers: RawHeaders, upstream: Duplex, watch: TunnelWatch): void {
    upstream.destroy();
    watch.ended();
    this.destroy();
  }

  onGone(listener: () => void): void {
    this.#stream.once('close', () => {
      if (!this.#over || this.#stream.rstCode === constants.NGHTTP2_CANCEL) listener();
    });
  }
}

/** Fields of one connection have no place here (RFC 9113, 8.2.2). */
const ofConnections: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Names in lower case; several of one name as a list. */
export function fieldsOf(raw: RawHeaders): OutgoingHttpHeaders {
  const fields: Record<string, string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const isOfConnection = ofConnections.has(name) || (name === 'te' && raw[index + 1] !== 'trailers');
    if (!isOfConnection) (fields[name] ??= []).push(raw[index + 1] ?? '');
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, [first = '', ...more]]) => [name, more.length === 0 ? first : [first, ...more]]),
  );
}

function onceEach(fields: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) && name !== 'set-cookie' ? value[0] : value,
    ]),
  );
}
