import { parse } from 'jsonc-parser';

/** What a text of `tollgate.jsonc` declares of one API, as far as fixes about refusals need it. */
export interface DeclaredApi {
  readonly name: string;
  readonly title: string;
  readonly provider: string | null;
  readonly credential: string | null;
  readonly queues: boolean;
  readonly hasFallback: boolean;
  /** What its fallbacks name: credentials and APIs. */
  readonly fallback: readonly string[];
}

/** The APIs that a text declares, in its order; whatever is not as it should be is left out. */
export function declaredApis(text: string): readonly DeclaredApi[] {
  return Object.entries(members(member(parse(text, [], { allowTrailingComma: true }), 'apis'))).map(([name, api]) => {
    const retryAfter = member(api, 'retryAfter');
    const fallback = member(api, 'fallback');
    const entries: readonly unknown[] = Array.isArray(fallback) ? fallback : [];
    return {
      ...{ name, title: textOf(member(api, 'title')) ?? name },
      provider: textOf(member(api, 'provider')),
      credential: textOf(member(api, 'credential')),
      queues: retryAfter !== undefined && member(retryAfter, 'queue') !== false,
      hasFallback: Array.isArray(fallback),
      fallback: entries.flatMap((entry) => textOf(member(entry, 'credential')) ?? textOf(member(entry, 'api')) ?? []),
    };
  });
}

/** The names under `credentials`. */
export function declaredCredentials(text: string): readonly string[] {
  return Object.keys(members(member(parse(text, [], { allowTrailingComma: true }), 'credentials')));
}

function member(value: unknown, name: string): unknown {
  return members(value)[name];
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
