import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import { hearFirstWords } from './firstWords.ts';

/** What becomes of it; one of both is heard, or none where the connection just ends. */
export interface Terminated {
  /** The client goes on. `words` is what it says within; `refuse` is for one that leaves without a word after all. */
  accepted(secure: TLSSocket, words: 'http' | 'http2' | 'other', refuse: () => void): void;
  /** The client does not take the certificate. */
  refused(): void;
}

/** How clients tell: by an alert (RFC 8446, 6.2), or by leaving at once. */
const alerts =
  /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|DECRYPT_ERROR)/;

/** Speaks TLS with a client in place of the host that it wants. */
export function terminate(socket: Socket, secureContext: SecureContext, { accepted, refused }: Terminated): void {
  const secure = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['h2', 'http/1.1'] });
  let settled = false;
  const refuse = (): void => {
    if (settled) return;
    settled = true;
    refused();
  };
  secure.on('error', (error: Error & { readonly code?: string }) => {
    if (alerts.test(error.code ?? '')) refuse();
    settled = true;
    secure.destroy();
    socket.destroy();
  });
  secure.once('secure', () => {
    if (secure.alpnProtocol === 'h2') {
      // Node's own servers say so, and HTTP/2 waits for it.
      Object.assign(secure, { secureConnecting: false });
      accepted(secure, 'http2', refuse);
      return;
    }
    // Node itself looks at certificates only when all is agreed upon, and leaves without an alert.
    secure.once('close', refuse);
    hearFirstWords(secure, null, (words) => {
      if (settled) return;
      secure.off('close', refuse);
      if (words === 'other' && secure.readableLength === 0) {
        refuse();
        secure.destroy();
        return;
      }
      settled = true;
      accepted(secure, typeof words === 'object' ? 'other' : words, refuse);
    });
  });
}
