import type { Cause } from '../shared/finding.ts';

/** What an answer may take up from the call, so that it reads as the vendor's own. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Hexadecimal digits, for ids of requests. */
  readonly id: string;
  /** The model asked for. */
  readonly model: string;
  /** The tokens asked for. */
  readonly tokens: number;
  /** The path asked for, without its query. */
  readonly path: string;
}

/** An answer in a vendor's shape. A `body` that is no string is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What one vendor answers, by cause. */
export type Refusals = Readonly<Partial<Record<Cause, (scene: Scene) => Answer>>>;

/** OpenAI's envelope, which half of all vendors have taken over. */
export function openaiError(
  status: number,
  message: string,
  type: string,
  code: string | number | null = null,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body: { error: { message, type, param: null, code } }, headers };
}

/** A moment some seconds after the scene's, as RFC 3339 spells it. */
export function later({ now }: Scene, seconds: number): string {
  return new Date(now + seconds * 1000).toISOString();
}

/** Digits of an id, in the shape of a UUID. */
export function uuid({ id }: Scene): string {
  const digits = id.padEnd(32, '0').slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
