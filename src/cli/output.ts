import { once } from 'node:events';

let broken = false;
process.stdout.on('error', () => (broken = true));
process.stderr.on('error', () => undefined);

/** A note for people, on standard error. */
export function say(message: string): void {
  process.stderr.write(`tollgate: ${message}\n`);
}

/** Whether the reader of standard output has gone, as `head` does. */
export function outputIsGone(): boolean {
  return broken;
}

/** Writes to standard output, and waits while its reader lags behind. */
export async function print(text: string): Promise<void> {
  if (broken || process.stdout.write(text) || !process.stdout.writable) return;
  await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => undefined);
}

/** Resolves once all that was written has left the process. */
export async function settleOutput(): Promise<void> {
  for (const stream of broken ? [] : [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
}
