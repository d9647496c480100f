import type { ParseArgsConfig } from 'node:util';

/** The options that were given, by name. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One subcommand. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** All that `--help` prints. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many arguments there may be beside options; -1 for those after `--` alone, as many as there are. */
  readonly operands: number;
  /** Resolves with the exit code. */
  run(options: OptionValues, operands: readonly string[]): Promise<number>;
}

/** The values of an option that may be given more than once. */
export function optionTexts(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The value of an option that takes one. */
export function optionText(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
