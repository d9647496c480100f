import type { HeaderList } from '../shared/exchange.ts';
import { toBase64 } from './base64Text.ts';
import type { PlainRequest } from './plainRequest.ts';
import { shellWords } from './shellWords.ts';

/** A command read, or why it cannot be. */
export type CurlReading =
  { readonly kind: 'request'; readonly request: PlainRequest } | { readonly kind: 'problem'; readonly message: string };

/** Options of curl that take a value and change nothing of what is sent. */
const valuesOfNoMatter = new Set(
  'o output w write-out m max-time x proxy cacert capath cert key E retry retry-delay retry-max-time c cookie-jar D dump-header resolve interface limit-rate U proxy-user ciphers tls-max stderr trace trace-ascii K config connect-timeout'.split(
    ' ',
  ),
);
/** Options without a value that change nothing of what is sent. */
const flagsOfNoMatter =
  /^(?:s|S|k|L|v|i|N|f|g|O|J|#|4|6|0|1|2|3|sS|silent|show-error|insecure|location|verbose|include|no-buffer|fail|fail-with-body|globoff|path-as-is|progress-bar|http[\d.]+|http2-prior-knowledge|tlsv1[.\d]*|ipv[46]|no-keepalive|tcp-nodelay|remote-name|create-dirs|raw)$/;
/** Letters of options without a value, and of those whose value may follow at once, as in `-sSXPOST`. */
const flagLetter = /[sSkLvifNgGIOJ#46]/;
const valueLetter = /[XHdFubAemowxEcDUKT]/;

interface Draft {
  url: string | null;
  method: string | null;
  readonly headers: [string, string][];
  readonly data: string[];
  get: boolean;
  head: boolean;
  json: boolean;
}

/** Reads a command that somebody copied: from a browser, from a vendor's page, from a terminal. Never throws. */
export function parseCurl(command: string): CurlReading {
  try {
    const [program, ...words] = shellWords(command.trim().replace(/^\$ /, ''));
    if (program === undefined || !/(?:^|[\\/])curl(?:\.exe)?$/.test(program))
      return problem('It does not begin with "curl".');
    const draft: Draft = { url: null, method: null, headers: [], data: [], get: false, head: false, json: false };
    const left = words.flatMap(apart);
    while (left.length > 0) take(draft, left);
    return toRequest(draft);
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
}

/** `-sSXPOST` as the words that it stands for. */
function apart(word: string): readonly string[] {
  if (!/^-[^-]./s.test(word)) return [word];
  const words: string[] = [];
  for (let index = 1; index < word.length; index += 1) {
    const letter = word[index] ?? '';
    words.push(`-${letter}`);
    const rest = word.slice(index + 1);
    if (valueLetter.test(letter)) return rest === '' ? words : [...words, rest];
    if (!flagLetter.test(letter)) return [word];
  }
  return words;
}

function take(draft: Draft, left: string[]): void {
  const word = left.shift() ?? '';
  if (!word.startsWith('-') || word === '-') {
    draft.url ??= word;
    return;
  }
  const name = word.replace(/^--?/, '');
  const value = (): string => {
    const next = left.shift();
    if (next === undefined) throw new Error(`"${word}" lacks its value.`);
    return next;
  };
  switch (name) {
    case 'X':
    case 'request':
      draft.method = value();
      return;
    case 'H':
    case 'header':
      addHeader(draft, value());
      return;
    case 'url':
      draft.url = value();
      return;
    case 'json':
      draft.json = true;
      draft.data.push(content(value()));
      return;
    case 'd':
    case 'data':
    case 'data-ascii':
    case 'data-binary':
      draft.data.push(content(value()));
      return;
    case 'data-raw':
      draft.data.push(value());
      return;
    case 'data-urlencode':
      draft.data.push(urlEncoded(value()));
      return;
    case 'G':
    case 'get':
      draft.get = true;
      return;
    case 'I':
    case 'head':
      draft.head = true;
      return;
    case 'u':
    case 'user':
      draft.headers.push(['Authorization', `Basic ${toBase64(value())}`]);
      return;
    case 'oauth2-bearer':
      draft.headers.push(['Authorization', `Bearer ${value()}`]);
      return;
    case 'b':
    case 'cookie':
      draft.headers.push(['Cookie', value()]);
      return;
    case 'A':
    case 'user-agent':
      draft.headers.push(['User-Agent', value()]);
      return;
    case 'e':
    case 'referer':
      draft.headers.push(['Referer', value()]);
      return;
    case 'compressed':
      draft.headers.push(['Accept-Encoding', 'gzip, deflate, br']);
      return;
    case 'F':
    case 'form':
    case 'form-string':
    case 'T':
    case 'upload-file':
      throw new Error(`"${word}" sends files or parts of a form, which no text can hold.`);
    default:
      if (valuesOfNoMatter.has(name)) value();
      else if (!flagsOfNoMatter.test(name)) throw new Error(`The option "${word}" is not known here. Leave it out.`);
  }
}

function addHeader({ headers }: Draft, line: string): void {
  const [, name = '', sign = '', value = ''] = /^([^:;]+)([:;])\s*(.*)$/s.exec(line) ?? [];
  // "Name:" takes a header out that curl would send; "Name;" sends it empty.
  if (name !== '' && (sign === ';' || value !== '')) headers.push([name.trim(), value.trim()]);
}

function content(value: string): string {
  if (value.startsWith('@')) throw new Error(`The body is in a file (${value}). Put its content into the command.`);
  return value;
}

function urlEncoded(value: string): string {
  const [, name = '', text = ''] = /^([^=]*)=?(.*)$/s.exec(value) ?? [];
  if (value.includes('@') && !value.includes('='))
    throw new Error('The body is in a file. Put its content into the command.');
  const encoded = encodeURIComponent(value.includes('=') ? text : value);
  return value.includes('=') && name !== '' ? `${name}=${encoded}` : encoded;
}

function toRequest(draft: Draft): CurlReading {
  if (draft.url === null) return problem('It names no address.');
  const address = /^[a-z]+:\/\//i.test(draft.url) ? draft.url : `http://${draft.url}`;
  const data = draft.data.length === 0 ? null : draft.data.join(draft.json ? '' : '&');
  const url = draft.get && data !== null ? `${address}${address.includes('?') ? '&' : '?'}${data}` : address;
  const body = draft.get ? null : data;
  const method = draft.method ?? (draft.head ? 'HEAD' : body === null ? 'GET' : 'POST');
  return { kind: 'request', request: { method, url, headers: withType(draft, body), body } };
}

/** Curl names the type of what it sends where nobody else does. */
function withType({ headers, json }: Draft, body: string | null): HeaderList {
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  if (body === null || has('content-type')) return headers;
  if (!json) return [...headers, ['Content-Type', 'application/x-www-form-urlencoded']];
  return [
    ...headers,
    ['Content-Type', 'application/json'],
    ...(has('accept') ? [] : [['Accept', 'application/json'] as const]),
  ];
}

function problem(message: string): CurlReading {
  return { kind: 'problem', message };
}
