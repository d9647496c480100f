/** The arguments are wrong. The message says how; the command's usage is shown after it. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command cannot do what it was asked. The message says why and what to do next. Exit code 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
