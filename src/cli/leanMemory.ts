/** V8 would let young garbage grow to 128 MB under load, for nothing. It hears of that before it starts only. */
const youngGeneration = '--max-semi-space-size=4';

/**
 * Begins this process anew, with the settings of memory that an editor starts its gateway with: same number, same files,
 * same signals. Returns where it has them, or where the system cannot begin a process anew (Windows).
 */
export function useLeanMemory(): void {
  const { execArgv, argv, env, execPath } = process;
  const isSet = [...execArgv, env.NODE_OPTIONS ?? ''].some((words) => words.includes('max-semi-space-size'));
  // A parent that talks to it would lose its line.
  if (isSet || process.platform === 'win32' || process.send !== undefined) return;
  // Else glibc keeps what threads have freed apart for each of them.
  const environment = { MALLOC_ARENA_MAX: '2', ...env };
  try {
    process.execve?.(execPath, [process.argv0, youngGeneration, ...execArgv, ...argv.slice(1)], environment);
  } catch {
    // It serves as well, in more memory.
  }
}
