/** What a program was started by. */
export const sessionKinds = ['terminal', 'task', 'debug', 'run'] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** A terminal, task or debug session of an editor, or a command under `tollgate run`. */
export interface Session {
  readonly kind: SessionKind;
  readonly name: string;
}

/** A session that is known by its first process, as an editor tells them. */
export interface WindowSession extends Session {
  readonly pid: number;
}

/** How recording fares, and what preloads have told. */
export interface CaptureHealth {
  /** What is wrong with recording, in a sentence; null where nothing is. */
  readonly problem: string | null;
  /** The processes whose preloads noted calls lately, the newest last. */
  readonly processes: readonly number[];
  /** When the last note was written, in milliseconds since 1970; null where none was since the gateway began. */
  readonly notedAt: number | null;
}

/** Where a call came from, as far as that could be found out. */
export interface Origin {
  /** The process that made the call. */
  readonly pid: number | null;
  /** What it runs, without its arguments: `node app.js`, `curl`. */
  readonly program: string | null;
  /** As `kind:name`: `terminal:bash`, `debug:Launch`, `task:npm: test`, `run:make`. */
  readonly session: string | null;
  /** Shared by all processes that one command started; of no meaning by itself. */
  readonly run: string | null;
  /** The test that made it. */
  readonly test: string | null;
  /** The trace that the caller says it belongs to (W3C Trace Context, `traceparent`), 32 hexadecimal digits. */
  readonly trace: string | null;
}

/** The value of `TOLLGATE_SESSION`, by which a program knows what it was started by. */
export function sessionVariable(run: string, { kind, name }: Session): string {
  return `${run}|${kind}:${name.replace(/[\u0000-\u001f]/g, ' ').slice(0, 200)}`;
}

/** Reads `TOLLGATE_SESSION`; null where it is of another make. */
export function readSessionVariable(value: string): { readonly run: string; readonly session: string } | null {
  const parts = /^([\w.-]{1,64})\|((?:terminal|task|debug|run):.{0,250})$/.exec(value);
  return parts === null ? null : { run: parts[1] ?? '', session: parts[2] ?? '' };
}

/** The session as its two parts; null where there is none. */
export function sessionOf(session: string | null | undefined): Session | null {
  const colon = session?.indexOf(':') ?? -1;
  const kind = sessionKinds.find((one) => one === session?.slice(0, colon));
  return kind === undefined || session === null || session === undefined
    ? null
    : { kind, name: session.slice(colon + 1) };
}

/** The trace id of a `traceparent` header's value (W3C Trace Context, 3.2); null where that is none. */
export function traceOf(traceparent: string | undefined): string | null {
  const id = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/.exec(traceparent?.trim() ?? '')?.[1];
  return id === undefined || /^0+$/.test(id) ? null : id;
}
