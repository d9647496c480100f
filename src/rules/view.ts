import { providerById, providerForHost } from '../providers/index.ts';
import type { Evidence, Cause } from '../shared/finding.ts';
import type { Provider } from '../shared/provider.ts';
import type { Subject } from '../shared/subject.ts';
import { bareCode } from './suspicious.ts';
import { readBody, readMessages, type BodyReading } from './body.ts';
import type { Field } from './fields.ts';

/** A word for machines found in an answer: `insufficient_quota`, `1113`, `ThrottlingException`. */
export interface Code {
  readonly value: string;
  /** The same in words: lower case, split at underscores, dots, hyphens and humps. */
  readonly words: string;
  readonly evidence: Evidence;
}

/** A sentence found in an answer, in lower case; `original` as it stood. */
export interface Sentence {
  readonly words: string;
  readonly original: string;
  readonly source: Evidence['source'];
  readonly path: string;
}

const codeHeaders = ['x-amzn-errortype', 'x-error-code', 'x-ms-error-code', 'x-ratelimit-exceeded', 'x-vercel-error'];
/** Headers in which gateways and services say what they refuse, often above an empty body (Mashery, TomTom). */
const sayingHeader = /^x-(?:[a-z]+-)?error(?:-(?:code|detail|details|message|reason|description|header|text))*$/;
const codeKey =
  /(?:codes?|type|reasons?|status|source|tag|quotaid|notification_id|subtype|kind|category|issue|errorgroup)$|^(?:error|name|err|fault|errors|title|id)$/;
const codeShape = /^[A-Za-z0-9][\w.:/+-]{0,89}$/;
const uninteresting = new Set(['error', 'object', 'api_error', 'unknown_error', 'errorresponse', 'card_error']);
const longestSentence = 1500;
/** Members for people, in which some put a code instead: `{"message": "INSUFFICIENT_FUNDS"}`. */
const messageKey = /^(?:message|msg|detail|details|description|error_?description|error_?(?:message|msg|text)|info)$/;
const listed = /codes\/\d+$/;
const joined = /[a-z0-9][_-][a-z]/i;
const notOneWord = /\s|[^\0-\x7f]/;

/** What rules look at: one exchange, each part read when first asked for. */
export class View {
  readonly subject: Subject;
  readonly status: number | null;
  #headers: ReadonlyMap<string, string> | undefined;
  #body: BodyReading | undefined;
  #provider: Provider | null | undefined;
  #codes: readonly Code[] | undefined;
  #sentences: readonly Sentence[] | undefined;

  constructor(subject: Subject) {
    this.subject = subject;
    this.status = subject.response.status;
  }

  get provider(): Provider | null {
    if (this.#provider === undefined) {
      const { provider, request } = this.subject;
      this.#provider =
        (provider === null ? null : providerById(provider)) ??
        (request.host === null ? null : providerForHost(request.host));
    }
    return this.#provider;
  }

  /** True under a status that promises success; an unknown status does not. */
  get successful(): boolean {
    return this.status !== null && this.status < 400;
  }

  get body(): BodyReading {
    this.#body ??=
      this.status === 101
        ? readMessages(this.subject.response.body ?? '')
        : readBody(this.subject.response.body, this.header('content-type') ?? '', this.successful);
    return this.#body;
  }

  /** A response header or trailer; several of one name are joined by a comma (RFC 9110, 5.3). `name` in lower case. */
  header(name: string): string | undefined {
    return this.#map().get(name);
  }

  /** Headers and trailers by the look of their names, in lower case. */
  headersLike(name: RegExp): readonly (readonly [name: string, value: string])[] {
    return [...this.#map()].filter(([one]) => name.test(one));
  }

  #map(): ReadonlyMap<string, string> {
    return (this.#headers ??= headerMap(this.subject));
  }

  /** The first scalar member of that name, at any depth. `key` in lower case. */
  field(key: string): Field | undefined {
    return this.body.fields.find((field) => field.key === key);
  }

  get codes(): readonly Code[] {
    this.#codes ??= codesOf(this);
    return this.#codes;
  }

  get sentences(): readonly Sentence[] {
    this.#sentences ??= sentencesOf(this);
    return this.#sentences;
  }

  /** Finds a code by its exact value. */
  code(table: Readonly<Record<string, Cause>>): { readonly code: Code; readonly cause: Cause } | null {
    let first: { readonly code: Code; readonly cause: Cause } | null = null;
    for (const code of this.codes) {
      const cause = Object.hasOwn(table, code.value) ? table[code.value] : undefined;
      if (cause === undefined) continue;
      // A list of codes is narrower than the family that stands above it.
      if (listed.test(code.evidence.path)) return { code, cause };
      first ??= { code, cause };
    }
    return first;
  }
}

function headerMap({ response }: Subject): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const list of [response.headers, response.trailers]) {
    for (const [name, value] of list) {
      const key = name.toLowerCase();
      const before = map.get(key);
      map.set(key, before === undefined ? value : `${before}, ${value}`);
    }
  }
  return map;
}

function saidInHeaders(view: View): readonly (readonly [name: string, value: string])[] {
  return view.successful ? [] : view.headersLike(sayingHeader);
}

function codesOf(view: View): readonly Code[] {
  const codes: Code[] = [];
  const late: Code[] = [];
  for (const name of codeHeaders) {
    const value = view.header(name)?.replace(/:http.*$/, '');
    if (value !== undefined) codes.push(toCode(value, { source: 'header', path: name, quote: value.slice(0, 120) }));
  }
  for (const [name, value] of saidInHeaders(view)) {
    if (codeShape.test(value) && !codeHeaders.includes(name))
      codes.push(toCode(value, { source: 'header', path: name, quote: value }));
  }
  for (const { pointer, key, value } of view.body.fields) {
    if (typeof value === 'boolean') continue;
    if (!codeKey.test(key) && !(typeof value === 'string' && (messageKey.test(key) || bareCode.test(value)))) {
      // A list of such words says what would have been allowed.
      if (typeof value === 'string' && spelled.test(value) && !/\/\d+$/.test(pointer))
        late.push(toCode(value, { source: 'body', path: pointer, quote: value }));
      continue;
    }
    let word = String(value).trim();
    if (/^https?:\/\//.test(word)) word = word.split(/[#/]/).at(-1) ?? '';
    if (!codeShape.test(word) || uninteresting.has(word.toLowerCase())) continue;
    codes.push(toCode(word, { source: 'body', path: pointer, quote: word }));
  }
  const { text } = view.body;
  if (text !== '')
    for (const value of codesIn(text)) codes.push(toCode(value, { source: 'body', path: '', quote: value }));
  return [...codes, ...late];
}

/** Words joined as only programs join them, whatever their member is called: `BILL_PAST_DUE`, `daily-limit-exceeded`. */
const spelled = /^(?:[A-Z]{2,20}(?:_[A-Z]{2,20}){1,6}|[a-z]{2,20}(?:[-_][a-z]{2,20}){2,6})$/;

/** Codes that stand in plain text: the whole of it, one with a label, or one that shouts. */
function codesIn(text: string): readonly string[] {
  if (text.length > 4 && text.length < 90 && codeShape.test(text)) return [text];
  const head = text.slice(0, 1500);
  const labelled = /\b(?:(?:error ?code|code)[:=]\s*"?([A-Z0-9][\w.-]{2,60})|^ERR(?:OR)?[ :]+(\d{3,5})\b)/i.exec(head);
  const shouted = head.match(/\b[A-Z][A-Z0-9]{2,}(?:_[A-Z0-9]+)+\b/g) ?? [];
  const code = labelled?.[1] ?? labelled?.[2];
  return code === undefined ? shouted.slice(0, 5) : [code, ...shouted.slice(0, 5)];
}

/** A code with its words, which most rules never ask for. */
export function toCode(value: string, evidence: Evidence): Code {
  let words: string | undefined;
  return {
    value,
    evidence,
    get words() {
      words ??= value
        .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
        .replaceAll(/[_\-.:/]+/g, ' ')
        .toLowerCase();
      return words;
    },
  };
}

/** Reason phrases and what is no refusal at all: a contract on a block chain that says no. */
const hollow =
  /^(?:\d{3} )?(?:too many requests|payment required|forbidden|unauthorized|bad request|internal server error|not found)\W*$|^execution reverted/;

/** What stands in an address is no word: `aka.ms/rps-not-found` is about no rate. */
const address = /https?:\/\/[^\s"'<>)\]]+/g;

function sentencesOf(view: View): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const add = (value: string, source: Evidence['source'], path: string): void => {
    const original = value.slice(0, longestSentence);
    const plain = original.includes('://') ? original.replaceAll(address, ' ') : original;
    const words = plain.toLowerCase().replaceAll('’', "'").replaceAll('_', ' ');
    if (!hollow.test(words)) sentences.push({ words, original, source, path });
  };
  for (const { pointer, key, value } of view.body.fields) {
    if (typeof value !== 'string' || value.length < 4) continue;
    if (notOneWord.test(value) || (messageKey.test(key) && joined.test(value))) add(value, 'body', pointer);
  }
  if (view.body.text !== '') add(view.body.text, 'body', '');
  for (const [name, value] of saidInHeaders(view)) if (notOneWord.test(value)) add(value, 'header', name);
  const grpc = view.header('grpc-message');
  if (grpc !== undefined) add(safeDecode(grpc), 'trailer', 'grpc-message');
  return sentences;
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
