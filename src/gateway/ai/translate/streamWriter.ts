import type { SpokenPart } from './sdk.ts';

/** Writes a stream in a client's format, part by part; each gives the text to send, which may be none. */
export interface StreamWriter {
  begin(): string;
  write(part: SpokenPart): string;
  end(): string;
}
