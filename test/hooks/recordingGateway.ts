import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import path from 'node:path';
import { openCallNotes, type Caller } from '../../src/gateway/callSites/callNotes.ts';
import type { CallSite } from '../../src/shared/callSite.ts';
import type { GatewayState } from '../../src/shared/settings.ts';
import { openTunnels } from './tunnels.ts';

/** A request that came in, and the line that the notes name for it. */
export interface Recorded {
  /** The `mark-…` in its path or body, by which a test knows it again. */
  readonly mark: string | null;
  readonly path: string;
  readonly headers: readonly string[];
  readonly site: CallSite | null;
}

export type Answer = (response: ServerResponse, call: { readonly path: string; readonly body: string }) => void;

/** Counts requests on connections as the gateway does, and joins the notes to them. */
export interface RecordingGateway {
  readonly url: string;
  readonly stateFile: string;
  readonly spool: string;
  readonly recorded: readonly Recorded[];
  /** The targets of the tunnels that were opened, as `host:port`. */
  readonly opened: readonly string[];
  close(): Promise<void>;
}

/**
 * Listens on a free port and says so in `<folder>/gateway.json`. Answers are JSON unless `answer` gives others.
 * `patience`: milliseconds for which an answer waits for its note. `hosts`: those to be led here, as in `GatewayState`.
 */
export async function startRecordingGateway(
  folder: string,
  answer: Answer = answerJson,
  patience = 0,
  hosts: readonly string[] = [],
): Promise<RecordingGateway> {
  const spool = path.join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  const notes = openCallNotes(spool);
  const counts = new WeakMap<object, number>();
  const recorded: Recorded[] = [];

  const ports = new WeakMap<object, number>();

  const receive = async (request: IncomingMessage, response: ServerResponse, connection: object): Promise<void> => {
    const startedAt = Date.now();
    const ordinal = (counts.get(connection) ?? 0) + 1;
    counts.set(connection, ordinal);
    const port = ports.get(connection) ?? 0;
    const { method = '', url = '' } = request;
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const call = { port, ordinal, method, path: url, startedAt };
    const take = (): Caller | null => notes.take(call);
    const site = (take() ?? (await later(take, patience)))?.callSite ?? null;
    const mark = /mark-(\w+)/.exec(`${url} ${body}`)?.[1] ?? null;
    recorded.push({ mark, path: url, headers: request.rawHeaders, site });
    answer(response, { path: url, body });
  };
  const take = (request: IncomingMessage, response: ServerResponse, connection: object): void => {
    receive(request, response, connection).catch(() => response.destroy());
  };
  const server = createServer((request, response) => take(request, response, request.socket));
  const multiplexing = createHttp2Server();
  multiplexing.on('request', (request, response) => {
    // It is compatible with what a test does with it.
    const { stream } = request;
    take(request as unknown as IncomingMessage, response as unknown as ServerResponse, stream.session ?? stream);
  });
  multiplexing.on('session', (session) => ports.set(session, ports.get(session.socket) ?? incoming));
  let incoming = 0;
  const tunnels = await openTunnels(path.join(folder, 'authority'), hosts, (socket, clientPort, isHttp2) => {
    ports.set(socket, clientPort);
    incoming = clientPort;
    (isHttp2 ? multiplexing : server).emit('connection', socket);
  });
  const { port } = tunnels;
  const url = `http://127.0.0.1:${port}`;
  const stateFile = path.join(folder, 'gateway.json');
  writeFileSync(
    stateFile,
    JSON.stringify({
      ...{ pid: process.pid, port, url, spool, hosts, exclude: [], ca: tunnels.ca, bundle: null, trusts: [] },
    } satisfies GatewayState),
  );
  return {
    url,
    stateFile,
    spool,
    recorded,
    opened: tunnels.opened,
    close: async () => {
      notes.dispose();
      await tunnels.close();
    },
  };
}

/** A note may be written after the head has arrived. */
async function later(take: () => Caller | null, patience: number): Promise<Caller | null> {
  for (const end = Date.now() + patience; Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const caller = take();
    if (caller !== null) return caller;
  }
  return null;
}

/** What both the OpenAI and the Anthropic client take for an answer. */
export function answerJson(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      id: 'answer',
      object: 'chat.completion',
      type: 'message',
      role: 'assistant',
      model: 'm',
      created: 1,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
      content: [{ type: 'text', text: 'yes' }],
      stop_reason: 'end_turn',
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, input_tokens: 1, output_tokens: 1 },
    }),
  );
}

/** As the vendors' SDKs like it: streams where asked for, redirects, and `mark-…retried` refused every other time. */
export function answerLikeSdks(): Answer {
  const refused = new Set<string>();
  return (response, { path: at, body }) => {
    const retried = /mark-\w*retried/.exec(`${at} ${body}`)?.[0];
    const target = /^\/redirect\?to=(.*)/.exec(at)?.[1];
    if (retried !== undefined && !refused.delete(retried)) {
      refused.add(retried);
      response.writeHead(500, { 'retry-after-ms': '1' }).end();
    } else if (target !== undefined) {
      response.writeHead(302, { location: target }).end();
    } else if (/"stream": ?true/.test(body)) {
      const choice = { index: 0, delta: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' };
      const chunk = { id: 'a', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] };
      response.setHeader('content-type', 'text/event-stream');
      response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
    } else answerJson(response);
  };
}
