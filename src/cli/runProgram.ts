import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { say } from './output.ts';
import { invocation } from './windowsProgram.ts';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;
/** A terminal sends these to the command as well. */
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGHUP']);

/**
 * Runs a command on our own standard streams, passes signals on, and resolves with its exit code: 128 and the number of
 * the signal that ended it, 127 where there is no such command, 126 where it cannot be run (as shells have it).
 */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  return new Promise((resolve) => {
    const start = invocation(program, args, environment);
    const child = spawn(start.program, start.args, {
      stdio: 'inherit',
      env: { ...environment },
      windowsVerbatimArguments: start.verbatim,
    });
    const handlers = forwarded.map((signal) => {
      const handler = (): void => {
        if (process.stdin.isTTY && fromTerminal.has(signal)) return;
        child.kill(signal);
      };
      process.on(signal, handler);
      return [signal, handler] as const;
    });
    const settle = (code: number): void => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
      resolve(code);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const missing = error.code === 'ENOENT';
      say(missing ? `There is no command "${program}" on the PATH.` : `"${program}" cannot be run: ${error.message}.`);
      settle(missing ? 127 : 126);
    });
    child.on('exit', (code, signal) => settle(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}
