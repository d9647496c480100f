import type { SourceEdit } from '../../shared/remedy.ts';

/** A value that a text gives to a name: a member, an argument, a YAML key, a variable of a `.env` file, a header. */
export interface Setting {
  /** Empty for an item of a list, or for the address of a request. */
  readonly name: string;
  /** What it says, without quotes. */
  readonly value: string;
  /** From 0. */
  readonly line: number;
  /** The mappings or requests it is in, innermost first: settings that share the first are one thing's. */
  readonly within: readonly number[];
  /** The name of the mapping or list that it stands in, or null. */
  readonly under: string | null;
  /** Where the value stands, without its quotes. */
  readonly start: number;
  readonly end: number;
  /** Puts another value in its place, in its quotes. */
  readonly replace: (value: string) => SourceEdit;
  /** Puts a setting beside it, written as it is; null where there is no room for one. */
  readonly beside: ((name: string, value: string) => SourceEdit | null) | null;
  /** What a word in its place stands for, where the value is only a name for it (an alias, a variable). */
  readonly means: Setting | null;
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Where the line that holds an offset ends, line break left out. */
export function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end - 1 >= offset ? end - 1 : end;
}
