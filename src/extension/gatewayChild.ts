import { fork, type ChildProcess } from 'node:child_process';
import { openChannel, type Channel } from '../shared/channel.ts';
import type { GatewayEvents, GatewayHost, GatewayProcess } from '../shared/protocol.ts';

/** How to start one gateway process. */
export interface GatewayChildOptions {
  /** The gateway's bundle. */
  readonly file: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly host: GatewayHost;
  readonly listeners: { readonly [Name in keyof GatewayEvents]: (value: GatewayEvents[Name]) => void };
  /** What the process prints, line by line. */
  readonly log: (line: string) => void;
  /** Called once, when the process is gone, with how it ended. */
  readonly onExit: (how: string) => void;
}

/** One gateway process, from fork to exit. */
export interface GatewayChild {
  readonly pid: number | undefined;
  readonly remote: Channel<GatewayProcess, GatewayEvents, object>['remote'];
  /** Lets it store what it has, then makes sure that it is gone. */
  stop(): Promise<void>;
}

/** Milliseconds an asked process gets to store what it has; VS Code itself waits about 5 s for extensions to end. */
const patience = 3500;

/** Starts a gateway process. It is of no use before `remote.launch`. */
export function forkGateway(options: GatewayChildOptions): GatewayChild {
  const child = fork(options.file, [], {
    cwd: options.cwd,
    // Else glibc keeps what threads have freed apart for each of them.
    env: { MALLOC_ARENA_MAX: '2', ...withoutNodeOptions(options.environment) },
    // V8 would let young garbage grow to 128 MB under load, for nothing.
    execArgv: ['--max-semi-space-size=4'],
    serialization: 'advanced',
    silent: true,
  });
  const channel = openChannel<GatewayHost, GatewayProcess, GatewayEvents>(
    {
      // A message to a process that has just ended is lost, as its answer would be: `exit` closes the channel.
      post: (message) => {
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
    },
    { ...options.host },
  );
  const listen = <Name extends keyof GatewayEvents>(
    name: Name,
    listeners: Pick<GatewayChildOptions['listeners'], Name>,
  ): void => channel.on(name, listeners[name]);
  for (const name of Object.keys(options.listeners) as (keyof GatewayEvents)[]) listen(name, options.listeners);
  readLines(child.stdout, options.log);
  readLines(child.stderr, options.log);

  const gone = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      channel.close('The gateway stopped.');
      resolve();
      options.onExit(how);
    };
    child.once('exit', (code, signal) => end(signal ?? `exit code ${String(code)}`));
    child.once('error', (error) => {
      // Without a pid it never ran, so there will be no `exit`.
      if (child.pid === undefined) end(error.message);
      else options.log(error.message);
    });
  });

  return {
    pid: child.pid,
    remote: channel.remote,
    stop: async () => {
      const asked = channel.remote.shutdown().catch(() => undefined);
      const late = setTimeout(() => child.kill('SIGKILL'), patience);
      await asked;
      if (child.connected) child.disconnect();
      await gone;
      clearTimeout(late);
    },
  };
}

/** `NODE_OPTIONS` may carry preloads, and this process is none of the user's programs. */
function withoutNodeOptions(environment: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.toUpperCase() !== 'NODE_OPTIONS'));
}

function readLines(stream: ChildProcess['stdout'], log: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(log);
  });
  stream?.on('end', () => {
    if (rest !== '') log(rest);
  });
}
