/** How a message's body is delimited (RFC 9112, 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'sized'; readonly length: number }
  | { readonly kind: 'chunked' }
  /** Of answers only: it ends with the connection. */
  | { readonly kind: 'untilClose' };

/** What the fields of a head say about its message. */
export interface HeadFacts {
  /** All `Content-Length` and `Transfer-Encoding` values in a row; null for none. */
  readonly lengths: string | null;
  readonly codings: string | null;
  /** All `Connection` values in a row, in lower case. */
  readonly connection: string;
  readonly upgrade: string | null;
  readonly expect: string | null;
  /** All `Host` values. */
  readonly hosts: readonly string[];
}

const noHosts: readonly string[] = [];

/** Picks out what a connection has to know of a message's fields. */
export function headFacts(fields: readonly string[]): HeadFacts {
  let lengths: string | null = null;
  let codings: string | null = null;
  let connection = '';
  let upgrade: string | null = null;
  let expect: string | null = null;
  let hosts = noHosts;
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? '';
    // Most fields are none of these; their names' lengths tell so at once.
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host') hosts = [...hosts, fields[index + 1] ?? ''];
        break;
      case 6:
        if (name.toLowerCase() === 'expect') expect = joined(expect, fields[index + 1]);
        break;
      case 7:
        if (name.toLowerCase() === 'upgrade') upgrade = joined(upgrade, fields[index + 1]);
        break;
      case 10:
        if (name.toLowerCase() === 'connection')
          connection = joined(connection === '' ? null : connection, fields[index + 1]).toLowerCase();
        break;
      case 14:
        if (name.toLowerCase() === 'content-length') lengths = joined(lengths, fields[index + 1]);
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') codings = joined(codings, fields[index + 1]);
        break;
      default:
    }
  }
  return { lengths, codings, connection, upgrade, expect, hosts };
}

/** An empty value counts: beside another it says that there are two. */
function joined(before: string | null, value = ''): string {
  return before === null ? value : `${before},${value}`;
}

/** The framing that both fields agree upon, or the reason why there is none. */
export function framingOf(
  { lengths, codings }: Pick<HeadFacts, 'lengths' | 'codings'>,
  minor: number,
): Framing | 'unknown coding' | null | 'none told' {
  if (codings !== null) {
    // With a length beside it, or from a version that has no chunks, somebody reads it differently (RFC 9112, 6.1).
    if (lengths !== null || minor === 0) return null;
    if (codings.toLowerCase() === 'chunked') return chunked;
    return /^[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*[ \t]*,[ \t]*chunked$/i.test(codings) && !/chunked[ \t]*,/i.test(codings)
      ? 'unknown coding'
      : null;
  }
  if (lengths === null) return 'none told';
  // Equal lengths told twice are allowed to be refused (RFC 9112, 6.3), and nobody means them.
  if (!/^\d{1,15}$/.test(lengths)) return null;
  const length = Number(lengths);
  return length === 0 ? none : { kind: 'sized', length };
}

export const none: Framing = { kind: 'none' };
const chunked: Framing = { kind: 'chunked' };
