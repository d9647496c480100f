import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { hearFirstWords } from './firstWords.ts';

/** What becomes of it; one of both is heard, or none where the connection just ends. */
export interface Terminated {
  /** The client goes on. `words` is what it says within; `refuse` is for one that leaves without a word after all. */
  readonly accepted: (secure: TLSSocket, words: 'http' | 'http2' | 'other', refuse: () => void) => void;
  /** The client does not take the certificate. */
  readonly refused: () => void;
}

/** Speaks TLS with a client in place of the host that it wants. */
export function terminate(socket: Socket, secureContext: SecureContext, { accepted, refused }: Terminated): void {
  const secure = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['h2', 'http/1.1'] });
  let settled = false;
  const refuse = (): void => {
    if (settled) return;
    settled = true;
    refused();
  };
  // By an alert (RFC 8446, 6.2), or by leaving: Node itself looks at certificates when all is agreed upon.
  const leave = (): void => {
    refuse();
    secure.destroy();
    socket.destroy();
  };
  secure.on('error', leave).on('close', leave).on('end', leave);
  secure.once('secure', () => {
    if (secure.alpnProtocol === 'h2') {
      secure.off('close', leave).off('end', leave);
      // Node's own servers say so, and HTTP/2 waits for it.
      Object.assign(secure, { secureConnecting: false });
      accepted(secure, 'http2', refuse);
      return;
    }
    hearFirstWords(secure, null, (words) => {
      if (settled) return;
      settled = true;
      secure.off('close', leave).off('end', leave);
      accepted(secure, typeof words === 'object' ? 'other' : words, refuse);
    });
  });
}
