import { Socket } from 'node:net';
import { createAccess, isForeign, type Access } from '../access.ts';
import { presentedIn } from '../access/presented.ts';
import type { Inbound, Upstreams } from '../engine.ts';
import { createExchangeIds } from '../exchangeIds.ts';
import { refusal } from '../guard.ts';
import { route, type Routes } from '../route.ts';
import { servedOn } from '../wire/served.ts';
import { WireReply } from '../wire/wireReply.ts';
import { createWireServer } from '../wire/wireServer.ts';
import { createWireUpstreams } from '../wire/wireUpstreams.ts';
import { createEventSender } from './eventSender.ts';
import { byFirstBytes } from './firstBytes.ts';
import { stopped } from './passConnection.ts';
import { fromPlain } from './plainApi.ts';
import { createPlainProxy } from './plainProxy.ts';
import { eventsDescriptor, type FinishedCall, type FromWorker, type ToWorker } from './workerMessages.ts';

/** Milliseconds for which ends of calls are gathered. */
const tellDelay = 20;

/**
 * One of several processes that forward calls for a gateway, which forked it. It serves what needs no asking, and hands
 * a connection back, unread, as soon as anything else is asked for on it.
 */
function work(name: string): void {
  const pipe = new Socket({ fd: eventsDescriptor, readable: false, writable: true });
  const tell = (message: FromWorker): void => {
    if (process.connected) process.send?.(message);
  };
  const sender = createEventSender(pipe, (count) => tell({ kind: 'leftOut', count }));
  let access: Access = createAccess('');
  let routes: Routes = { port: 0, apis: new Map(), stopped: new Set(), aliases: new Map() };
  let hasKeys = true;
  let upstreams: Upstreams | null = null;
  let way = '';
  let recording = false;
  let finished: FinishedCall[] = [];

  const isPlain = (inbound: Inbound): boolean =>
    inbound.upgrade === null &&
    refusal(inbound.headers, routes.port) === null &&
    route(inbound.target, routes).kind === 'api' &&
    !/^\/[^/?]*@/.test(inbound.target) &&
    !access.takeKey(inbound.headers, inbound.target).presented &&
    !isForeign(inbound.headers) &&
    !(hasKeys && ['key', 'token'].includes(presentedIn(inbound.headers, inbound.target)?.kind ?? ''));

  const giveBack = async (socket: Socket, before: Buffer, served: number): Promise<void> => {
    const rest = await stopped(socket);
    if (rest === null || !process.connected) {
      socket.destroy();
      return;
    }
    const message: FromWorker = { kind: 'back', rest: Buffer.concat([before, rest]).toString('base64'), served };
    process.send?.(message, socket, {}, () => socket.destroy());
  };

  const proxy = createPlainProxy({
    access: { ...access, takeKey: (headers, path) => access.takeKey(headers, path) },
    newId: createExchangeIds(Date.now, name),
    finished: (...call) => {
      if (finished.length === 0) setTimeout(tellFinished, tellDelay);
      finished.push(call);
    },
    routes: () => routes,
    upstreams: () => (upstreams ??= createWireUpstreams({ proxy: '', noProxy: [], strictSsl: true }, process.env)),
    record: () => (recording ? sender.record : null),
  });
  const tellFinished = (): void => {
    tell({ kind: 'finished', calls: finished });
    finished = [];
  };
  const server = createWireServer(
    (inbound, reply) => {
      if (isPlain(inbound) || !(reply instanceof WireReply)) proxy.handle(inbound, reply);
      else void giveBack(reply.handOver(), headOf(inbound), inbound.client.ordinal - 1);
    },
    (socket, adopt) =>
      byFirstBytes(
        socket,
        () => adopt(socket, null),
        () => void giveBack(socket, Buffer.alloc(0), servedOn(socket)),
      ),
  );

  const close = async (patience: number): Promise<void> => {
    await server.close(patience);
    await upstreams?.close('now');
    tellFinished();
    sender.flush();
    pipe.end(() => process.disconnect());
  };
  process.on('message', (message: ToWorker, handle: unknown) => {
    switch (message.kind) {
      case 'connection':
        if (handle instanceof Socket) server.take(handle);
        return;
      case 'state': {
        const { state, turn } = message;
        access = createAccess(state.token);
        routes = { ...routes, port: state.port, apis: new Map(state.apis.map((api) => [api.name, fromPlain(api)])) };
        hasKeys = state.hasKeys;
        recording = state.settings.capture;
        sender.configure(state.settings);
        const { proxy: through, noProxy, strictSsl } = state.settings;
        const next = JSON.stringify([through, noProxy, strictSsl]);
        if (next !== way) {
          void upstreams?.close('whenIdle');
          upstreams = createWireUpstreams(state.settings, process.env);
        }
        way = next;
        sender.answer(turn);
        return;
      }
      case 'flush':
        tellFinished();
        sender.answer(message.turn);
        return;
      case 'backlog':
        sender.noteBacklog(message.backlog, message.waiting);
        return;
      case 'close':
        void close(message.patience);
    }
  });
  // A terminal's signals reach all; the gateway says when to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  pipe.on('error', () => process.exit());
}

/** The head again; it was found to be right, so it reads the same. */
function headOf({ method, target, httpVersion, headers }: Inbound): Buffer {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${target} HTTP/${httpVersion}\r\n${fields}\r\n`, 'latin1');
}

work(process.argv[2] ?? '');
