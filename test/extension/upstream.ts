import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an upstream answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that answers as it is told, and remembers what it was asked. */
export interface Upstream {
  readonly url: string;
  readonly requests: readonly {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  answer: (path: string, body: string) => Answer;
  close(): Promise<void>;
}

/** Starts one on a free port of loopback. */
export async function startUpstream(answer: Upstream['answer']): Promise<Upstream> {
  const requests: Upstream['requests'][number][] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      requests.push({ path: request.url ?? '', headers: request.headers, body });
      const { status, body: answered, headers } = upstream.answer(request.url ?? '', body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return upstream;
}

/** As OpenRouter refuses a call that may cost more than the credit that is left. */
export function outOfCredit(asked: number, affordable: number): Answer {
  return {
    status: 402,
    body: {
      error: {
        code: 402,
        message: `This request requires more credits, or fewer max_tokens. You requested up to ${asked} tokens, but can only afford ${affordable}.`,
      },
    },
  };
}
