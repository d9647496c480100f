import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { systemTrust } from './certificates.ts';
import { ConnectError } from './upstreamFailure.ts';

/** The head of an answer to CONNECT that is longer than this is none. */
const longestHead = 64 * 1024;

/**
 * Has a proxy connect to `target` (`host:port`; RFC 9110, 9.3.6) and hands over the socket once bytes go through.
 * Returns the socket at once, so that the attempt can be given up.
 */
export function openTunnel(
  proxy: URL,
  target: string,
  strictSsl: boolean,
  opened: (result: Socket | Error) => void,
): Socket | null {
  const secure = proxy.protocol === 'https:';
  if (!secure && proxy.protocol !== 'http:') {
    const message = `The proxy ${proxy.protocol}//${proxy.host} is not an HTTP proxy; only those are supported.`;
    queueMicrotask(() => opened(new ConnectError('proxy_unsupported', message)));
    return null;
  }
  const host = proxy.hostname.replace(/^\[|\]$/g, '');
  const port = Number(proxy.port || (secure ? 443 : 80));
  const context = secure && strictSsl ? systemTrust() : undefined;
  const socket = secure
    ? connectTls({
        host,
        port,
        servername: host,
        rejectUnauthorized: strictSsl,
        ...(context === undefined ? {} : { secureContext: context }),
      })
    : connectTcp({ host, port, noDelay: true });
  let head = Buffer.alloc(0);
  const done = (result: Socket | Error): void => {
    socket.off('error', failed).off('data', read).off('end', ended);
    opened(result);
  };
  const failed = (error: Error): void =>
    done(new ConnectError('proxy_refused', `The proxy ${proxy.host} cannot be reached: ${error.message}`));
  const ended = (): void => done(new ConnectError('proxy_refused', `The proxy ${proxy.host} closed the connection.`));
  const read = (bytes: Buffer): void => {
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1 && head.length < longestHead) return;
    socket.pause();
    const status = /^HTTP\/1\.[01] (\d{3})([^\r\n]*)/.exec(head.toString('latin1'));
    if (end === -1 || status?.[1]?.startsWith('2') !== true) {
      const answer = status === null ? 'something that is not HTTP' : `${status[1] ?? ''}${status[2] ?? ''}`;
      done(new ConnectError('proxy_refused', `The proxy ${proxy.host} answered CONNECT ${target} with ${answer}.`));
      return;
    }
    const rest = head.subarray(end + 4);
    if (rest.length > 0) socket.unshift(rest);
    done(socket);
  };
  socket.on('error', failed).on('data', read).on('end', ended);
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization(proxy)}\r\n`);
  });
  return socket;
}

function authorization({ username, password }: URL): string {
  if (username === '' && password === '') return '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(pair).toString('base64')}\r\n`;
}
