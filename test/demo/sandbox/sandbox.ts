import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Call, Vendor } from './answer.ts';
import { anthropic } from './anthropic.ts';
import { deepseek } from './deepseek.ts';
import { gemini } from './gemini.ts';
import { Ledger } from './ledger.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { stripe } from './stripe.ts';
import { Tokens } from './tokens.ts';

/** The port that the demo's `tollgate.jsonc` names. */
export const sandboxPort = 9402;

/** On every answer, so that nobody takes it for a real one. */
const banner = { 'x-tollgate-sandbox': 'This answer was made up by the Tollgate demo; no provider was asked.' };
/** Milliseconds between two server-sent events. */
const pause = 60;

/** A running sandbox: an upstream that refuses, and later answers, as providers of paid APIs do. */
export interface Sandbox {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on loopback; `port` 0 takes any. Rejects where the port is taken. */
export async function startSandbox(port: number): Promise<Sandbox> {
  const ledger = new Ledger();
  const tokens = new Tokens();
  const vendors: Readonly<Record<string, Vendor>> = {
    openrouter: openrouter(ledger),
    openai: openai(ledger),
    anthropic: anthropic(ledger),
    deepseek: deepseek(ledger),
    gemini,
    stripe,
    oauth: tokens.endpoint,
    orders: tokens.orders,
    _sandbox: controls(ledger, tokens),
  };
  const server = createServer((request, response) => {
    void serve(vendors, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const actual = (server.address() as AddressInfo).port;
  return {
    port: actual,
    url: `http://127.0.0.1:${String(actual)}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** `POST /_sandbox/topup`, `/expire`, `/signout`, `/reset`; `GET /_sandbox` tells the balances. */
function controls(ledger: Ledger, tokens: Tokens): Vendor {
  const actions: Readonly<Record<string, () => void>> = {
    '/topup': () => ledger.topUp(),
    '/expire': () => tokens.expire(),
    '/signout': () => tokens.signOut(),
    '/reset': () => {
      ledger.reset();
      tokens.reset();
    },
  };
  return (call) => {
    const action = actions[call.path];
    if (action === undefined && call.path !== '/') {
      return { status: 404, body: { error: `There is ${Object.keys(actions).join(', ')}, by POST.` } };
    }
    if (call.method === 'POST') action?.();
    return { status: 200, body: { sandbox: 'No provider is behind this.', balances: ledger.describe() } };
  };
}

async function serve(
  vendors: Readonly<Record<string, Vendor>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(pathname) ?? [];
  const vendor = Object.hasOwn(vendors, name) ? vendors[name] : undefined;
  const body = await read(request);
  if (vendor === undefined) {
    const error = `The sandbox plays ${Object.keys(vendors).join(', ')}; not "${name}".`;
    return send(response, { status: 404, body: { error } });
  }
  const call: Call = {
    method: request.method ?? 'GET',
    path: rest === '' ? '/' : rest,
    headers: request.headers,
    body,
  };
  return send(response, vendor(call));
}

async function read(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const headers = { ...banner, ...answer.headers };
  if ('body' in answer) {
    const text = JSON.stringify(answer.body, null, 2);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
    response.end(`${text}\n`);
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers });
  for (const { event, data } of answer.events) {
    if (event !== undefined) response.write(`event: ${event}\n`);
    response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
    await wait(pause);
  }
  response.end();
}
