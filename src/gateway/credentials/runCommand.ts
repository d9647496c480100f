import { spawn } from 'node:child_process';
import { sanitized } from './sanitize.ts';

/** What a token command printed, or why there is nothing. */
export type CommandOutput =
  { readonly kind: 'printed'; readonly value: string } | { readonly kind: 'failed'; readonly message: string };

export interface CommandOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly directory: string | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

const longestOutput = 64 * 1024;

/** Runs a command without a shell and returns the one line that it printed. Never throws. */
export function runCommand({
  command,
  environment,
  directory,
  timeout,
  signal,
}: CommandOptions): Promise<CommandOutput> {
  const [program = '', ...args] = command;
  const shown = [program, ...args].join(' ');
  const failed = (what: string): CommandOutput => ({ kind: 'failed', message: `The command "${shown}" ${what}` });
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: directory,
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that a timeout ends what a wrapper script has started too.
      detached: process.platform !== 'win32',
    });
    let printed = '';
    let complaints = '';
    const settle = (output: CommandOutput): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(output);
    };
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => {
      kill();
      settle(failed(`printed no token within ${String(timeout / 1000)} s. Does it wait for input?`));
    }, timeout);
    const onAbort = (): void => {
      kill();
      settle(failed('was stopped.'));
    };
    signal.addEventListener('abort', onAbort);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (printed.length < longestOutput) printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-longestOutput);
    });
    child.on('error', (error) => settle(failed(whyNotStarted(error, program))));
    child.on('close', (code, endedBy) => {
      const value = printed.trim();
      if (code === 0) settle(value === '' ? failed('printed nothing.') : oneLine(value, failed));
      else settle(failed(`ended with ${endedBy ?? `exit code ${String(code)}`}${lastLine(complaints, value)}`));
    });
  });
}

function oneLine(value: string, failed: (what: string) => CommandOutput): CommandOutput {
  // Anything else cannot stand in a header (RFC 9110, 5.5).
  return /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value)
    ? { kind: 'printed', value }
    : failed('printed more than a token. It should print the token alone, on one line.');
}

function lastLine(complaints: string, secret: string): string {
  const line = complaints.trimEnd().split('\n').at(-1) ?? '';
  const said = sanitized(line, [secret]);
  return said === '' ? '.' : `: ${said}`;
}

function whyNotStarted(error: NodeJS.ErrnoException, program: string): string {
  if (error.code === 'ENOENT' || error.code === 'EINVAL') {
    const onWindows = process.platform === 'win32' ? ' A .cmd file needs ["cmd", "/c", …] before it.' : '';
    return `cannot be started: there is no program "${program}" on the PATH.${onWindows}`;
  }
  return error.code === 'EACCES'
    ? `cannot be started: "${program}" is not executable.`
    : `cannot be started: ${sanitized(error.message, [])}.`;
}
