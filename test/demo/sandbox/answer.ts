import type { IncomingHttpHeaders } from 'node:http';

/** A call as a sandboxed vendor sees it. */
export interface Call {
  readonly method: string;
  /** Behind the vendor's prefix, without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** JSON, or the fields of a form; null where there was no body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is sent back: a JSON body, or server-sent events one by one. */
export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown }
  | {
      readonly status: 200;
      readonly headers?: Readonly<Record<string, string>>;
      readonly events: readonly ServerEvent[];
    };

export interface ServerEvent {
  readonly event?: string;
  /** Sent as JSON, strings as they are. */
  readonly data: unknown;
}

/** Answers as a vendor does. */
export type Vendor = (call: Call) => Answer;

/** A member of the body as a number, or the value given. */
export function numberIn(call: Call, name: string, otherwise: number): number {
  const value = call.body[name];
  return typeof value === 'number' ? value : otherwise;
}

/** A member of the body as text, or the value given. */
export function textIn(call: Call, name: string, otherwise: string): string {
  const value = call.body[name];
  return typeof value === 'string' ? value : otherwise;
}

/** What every sandboxed model says. */
export const speech = [
  'This answer comes from the sandbox, ',
  'not from a model. ',
  'Your call went through the gateway, was affordable, and was answered with 200.',
];

let count = 0;
/** An identifier in the vendors' manner. */
export function newId(prefix: string): string {
  count += 1;
  return `${prefix}sandbox${String(count).padStart(6, '0')}`;
}
