/** The methods of an API that a channel can carry: promises in, promises out, structured-clonable values only. */
type Methods<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (...parameters: never[]) => Promise<unknown> ? Api[Name] : never;
};

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown };

/** Whatever carries messages between two runtimes: an IPC pipe, a webview, a worker. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** An expected failure, carried over a channel as code and message. `code` is stable; match on it, never on text. */
export class ChannelError extends Error {
  /** Each bundle has this class, so it is known by its name. */
  static override [Symbol.hasInstance](value: unknown): value is ChannelError {
    return value instanceof Error && value.name === 'ChannelError' && 'code' in value;
  }
  override readonly name = 'ChannelError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One end of a conversation: `remote` calls the other side, `emit` tells it, `on` hears it. */
export interface Channel<Remote, RemoteEvents, LocalEvents> {
  readonly remote: Methods<Remote>;
  emit<Name extends keyof LocalEvents & string>(name: Name, value: LocalEvents[Name]): void;
  on<Name extends keyof RemoteEvents & string>(name: Name, listener: (value: RemoteEvents[Name]) => void): void;
  /** Fails all calls under way and to come with code `channel_closed`. */
  close(reason: string): void;
}

/** Joins this side's methods to a port. A call to a method that `local` lacks fails with code `unknown_method`. */
export function openChannel<Local extends object, Remote, RemoteEvents = object, LocalEvents = object>(
  port: Port,
  local: Methods<Local>,
): Channel<Remote, RemoteEvents, LocalEvents> {
  const waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  const listeners = new Map<string, ((value: unknown) => void)[]>();
  let nextId = 1;
  let closed: string | null = null;

  const answer = async (call: Message & { kind: 'call' }): Promise<void> => {
    try {
      const value = await invoke(local, call.method, call.parameters);
      port.post({ kind: 'result', id: call.id, value } satisfies Message);
    } catch (error) {
      const code = error instanceof ChannelError ? error.code : 'internal_error';
      const message = error instanceof Error ? error.message : String(error);
      port.post({ kind: 'error', id: call.id, code, message } satisfies Message);
    }
  };

  port.onMessage((raw) => {
    if (closed !== null || !isMessage(raw)) return;
    switch (raw.kind) {
      case 'call':
        void answer(raw);
        return;
      case 'event':
        for (const listener of listeners.get(raw.name) ?? []) listener(raw.value);
        return;
      case 'result':
        waiting.get(raw.id)?.resolve(raw.value);
        waiting.delete(raw.id);
        return;
      case 'error':
        waiting.get(raw.id)?.reject(new ChannelError(raw.code, raw.message));
        waiting.delete(raw.id);
    }
  });

  const call = (method: string, parameters: readonly unknown[]): Promise<unknown> => {
    if (closed !== null) return Promise.reject(new ChannelError('channel_closed', closed));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      port.post({ kind: 'call', id, method, parameters } satisfies Message);
    });
  };

  return {
    remote: new Proxy(
      {},
      {
        // A thenable remote would be called by `await`.
        get: (_target, method) =>
          typeof method === 'string' && method !== 'then'
            ? (...parameters: unknown[]) => call(method, parameters)
            : undefined,
      },
    ) as Methods<Remote>,
    emit: (name, value) => {
      if (closed === null) port.post({ kind: 'event', name, value } satisfies Message);
    },
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener as (value: unknown) => void]);
    },
    close: (reason) => {
      closed ??= reason;
      for (const { reject } of waiting.values()) reject(new ChannelError('channel_closed', reason));
      waiting.clear();
    },
  };
}

async function invoke(local: object, method: string, parameters: readonly unknown[]): Promise<unknown> {
  const implementation: unknown = Object.hasOwn(local, method) ? (local as Record<string, unknown>)[method] : undefined;
  if (typeof implementation !== 'function') throw new ChannelError('unknown_method', `There is no method "${method}".`);
  return (await Reflect.apply(implementation, local, parameters)) as unknown;
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
