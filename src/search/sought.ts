import type { Provider } from '../shared/provider.ts';

/** A call whose line nobody noted. */
export interface UnplacedCall {
  readonly method: string;
  /** The upstream's host, with its port where that is not the scheme's own. */
  readonly host: string;
  /** Path and query as sent to the upstream. */
  readonly path: string;
  /** Its name in `tollgate.jsonc`. */
  readonly api: string | null;
  readonly provider: Pick<Provider, 'baseUrls'> | null;
  /** What the calling process runs, as `node app.js`; null where that is not known. */
  readonly program: string | null;
}

/** What a line that makes the call may say, worked out once for all lines. */
export interface Sought {
  readonly host: string;
  readonly method: string;
  /** Host and path as one: where they stand so, short words will do. Null for the bare host. */
  readonly address: RegExp | null;
  /** The path's own words, without versions and ids, as they stand one behind the other. */
  readonly words: readonly string[];
  /** From all of the words down to the last two, or the last one where it is long. */
  readonly tails: readonly { readonly pattern: RegExp; readonly score: number }[];
  /** An SDK's call: `chat.completions.create`. */
  readonly sdk: RegExp | null;
  /** Variables that hold the base URL, and the path by which the gateway knows the API. */
  readonly bases: readonly RegExp[];
  /** The name of the script that runs; null where that is not known. */
  readonly script: string | null;
}

const isVersion = /^v\d+(?:(?:alpha|beta|rc)\d*)?$/i;
/** Numbers, UUIDs, long runs of hexadecimal digits, and what has a digit in a long word: `pi_3Nk2…`, `gpt-4.1-mini`. */
const isId = /^(?:\d+|[0-9a-f-]{20,}|(?=.*\d)[\w.@-]{8,})$/i;

const verbs: Readonly<Record<string, string>> = {
  GET: 'get|list|retrieve|find|fetch|read|search',
  POST: 'create|new|generate|post|stream|parse|send|add|complete|run|confirm|capture|cancel|update',
  PUT: 'update|put|replace|create|upload',
  PATCH: 'update|patch|modify',
  DELETE: 'delete|del|remove|cancel',
};

/** Works out what to look for. */
export function soughtFor(call: UnplacedCall): Sought {
  const words = wordsOf(call.path);
  return {
    host: call.host,
    method: call.method,
    address: addressOf(call),
    words,
    tails: tailsOf(words),
    sdk: sdkCall(words, call.method),
    bases: basesOf(call),
    script: call.program?.split(/[\s/\\]/).findLast((part) => /\.\w{1,4}$/.test(part)) ?? null,
  };
}

function addressOf({ host, path }: UnplacedCall): RegExp | null {
  const bare = path.split(/[?#]/, 1)[0] ?? '';
  return host === '' || bare.length < 2 ? null : new RegExp(`${escaped(host + bare)}(?![\\w/-])`);
}

function wordsOf(path: string): readonly string[] {
  const bare = path.split(/[?#]/, 1)[0] ?? '';
  return bare
    .split(/[/:]/)
    .map(decoded)
    .filter((part) => part !== '' && part !== 'api' && !isVersion.test(part) && !isId.test(part));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function tailsOf(words: readonly string[]): Sought['tails'] {
  const own = words.map(escaped);
  const found = own.map((_, at) => {
    const tail = own.slice(at);
    // Between two words there may be an id, as `${id}`, `%s` or `{id}`.
    return { pattern: new RegExp(`(?<![\\w-])${tail.join('(?:/|:)(?:[^/\\s]{1,60}[/:])?')}(?![\\w-])`), tail };
  });
  return found
    .filter(({ tail }) => tail.length > 1 || (tail[0] ?? '').length > 7)
    .map(({ pattern, tail }) => ({ pattern, score: tail.length > 1 ? 3 + Math.min(tail.length, 4) : 3 }));
}

/** In SDKs the words become members, in whatever case the language has: `payment_intents`, `paymentIntents`. */
function sdkCall(words: readonly string[], method: string): RegExp | null {
  const names = words
    .slice(-2)
    .map((word) => word.replace(/[^a-z0-9]/gi, ''))
    .filter((name) => name !== '');
  const last = names.at(-1);
  const verb = verbs[method];
  if (last === undefined || verb === undefined || names.some((name) => name.length < 4)) return null;
  const loose = (name: string): string => name.replace(/(?<=.)(?=.)/g, '_?');
  const chain = names.map(loose).join('\\s*(?:\\(\\))?\\s*\\.\\s*');
  return new RegExp(`(?:\\b|\\.)${chain}\\s*(?:\\(\\))?(?:\\s*\\.\\s*(?:a)?(?:${verb})\\w*)?\\s*\\(`, 'i');
}

function basesOf({ api, provider }: UnplacedCall): readonly RegExp[] {
  const names = (provider?.baseUrls ?? []).map(({ variable }) => variable);
  if (api === null) return names.map((name) => new RegExp(`\\b${name}\\b`));
  const own = escaped(api);
  return [
    ...[...names, `TOLLGATE_${api.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_URL`].map(
      (name) => new RegExp(`\\b${name}\\b`),
    ),
    new RegExp(`(?:TOLLGATE_URL|127\\.0\\.0\\.1|localhost|gateway)\\b.{0,24}/${own}/`, 'i'),
  ];
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&');
}
