import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startable } from '../host/built.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cli = startable(path.join(root, 'src/cli/cli.ts'));

/** The command line starts often here; without a cache each start compiles all sources anew. */
const compileCache = path.join(tmpdir(), 'tollgate-compile-cache');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a project in it, an upstream that refuses, and the real command line as a child process. */
export class Stage {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'tollgate-cli-')));
  readonly data = path.join(this.folder, 'data');
  readonly #children = new Set<ChildProcess>();
  readonly #ends: (() => unknown)[] = [];

  /** Writes a file into the folder and returns its path. */
  write(name: string, content: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** Lets programs in the folder import the project's packages. */
  linkPackages(): void {
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'), 'junction');
  }

  /** Declares APIs that all go to one upstream. */
  declare(upstream: string, apis: Readonly<Record<string, object>>): void {
    const declared = Object.entries(apis).map(([name, api]) => [name, { upstream, ...api }]);
    this.write('tollgate.jsonc', JSON.stringify({ apis: Object.fromEntries(declared) as object }));
  }

  async upstream(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer((request, response) => {
      request.resume();
      request.on('end', () => answer(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  /** Starts the command line. `data` is added where the command takes it. */
  start(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}): Running {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], {
      cwd: this.folder,
      env: {
        ...process.env,
        NODE_OPTIONS: undefined,
        NODE_COMPILE_CACHE: compileCache,
        XDG_DATA_HOME: this.data,
        LOCALAPPDATA: this.data,
        ...environment,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    return new Running(child);
  }

  /** Runs the command line to its end. */
  async run(
    args: readonly string[],
    more: { stdin?: string; environment?: Readonly<Record<string, string | undefined>> } = {},
  ): Promise<Ended> {
    const running = this.start(args, more.environment);
    running.child.stdin?.end(more.stdin ?? '');
    return running.ended;
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const end of this.#ends) end();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A command line under way. */
export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve) =>
      child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr })),
    );
  }

  /** The JSON lines on standard output so far. */
  events(): Record<string, unknown>[] {
    const complete = this.stdout.slice(0, this.stdout.lastIndexOf('\n') + 1);
    return complete
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Waits for something; fails with all that was said where the process ends or half a minute passes first. */
  async until<Value>(look: () => Value | undefined): Promise<Value> {
    const end = Date.now() + 30_000;
    for (;;) {
      const value = look();
      if (value !== undefined) return value;
      if (Date.now() > end || this.child.exitCode !== null)
        throw new Error(`It never came.\n${this.stdout}\n${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Answers as OpenRouter does where the credit does not cover `max_tokens`. */
export function refuse(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(402, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      error: {
        code: 402,
        message: 'This needs more credits, or fewer max_tokens: requested up to 3000 tokens, but can only afford 57.',
      },
    }),
  );
}
