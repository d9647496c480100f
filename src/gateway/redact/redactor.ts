import { providers } from '../../providers/index.ts';
import type { Exchange, HeaderList, Redacted } from '../../shared/exchange.ts';
import type { Origin } from '../../shared/origin.ts';
import type { ClientStages } from '../../shared/stages.ts';
import type { RedactionRules } from '../parts.ts';
import { readBody } from './bodyText.ts';
import { redactHeaders } from './headers.ts';
import { createLiterals } from './literals.ts';
import { parameterSecrecy, redactForm, redactJson, redactMultipart, redactUrls, redactXml } from './markup.ts';
import { createShapeRedaction } from './shapes.ts';
import { createUserPatterns } from './userPatterns.ts';

/** A body that may be stored: decoded, and without secrets. */
export interface StorableBody {
  readonly bytes: Uint8Array;
  /** The same as text; null where it is binary. */
  readonly text: string | null;
}

/** Takes secrets out. The only maker of `Redacted` values. */
export interface Redactor {
  /** What is wrong with the user's patterns, in sentences. */
  readonly problems: readonly string[];
  exchange(raw: Exchange): Redacted<Exchange>;
  /** People choose names of sessions and of scripts. */
  origin(raw: Origin): Redacted<Origin>;
  /** `cut` says that the bytes end early: a secret that only begins at the end is taken out as well. */
  body(decoded: Uint8Array, contentType: string | null, cut: boolean): Redacted<StorableBody>;
}

const redactShapes = createShapeRedaction(providers.flatMap(({ keyPatterns }) => keyPatterns));

/** `onSlow` hears once of user patterns that take too long. */
export function createRedactor(rules: RedactionRules, onSlow: (problem: string) => void): Redactor {
  const literals = createLiterals(rules.values);
  const user = createUserPatterns(rules.patterns, onSlow);
  const listedHeaders = new Set(rules.headers.map((name) => name.toLowerCase()));
  const secrecyOf = parameterSecrecy(rules.query);
  const redactText = (text: string): string => literals.redact(redactShapes(redactUrls(text, secrecyOf)));
  // The same values come with each call; what was found clean once is clean.
  const clean = new Set<string>();
  const redactValue = (value: string): string => {
    if (clean.has(value)) return value;
    const redacted = redactText(value);
    if (redacted !== value || value.length > 200) return redacted;
    if (clean.size >= 5000) clean.clear();
    clean.add(value);
    return value;
  };
  const redactOwn = (headers: HeaderList): HeaderList => redactHeaders(headers, listedHeaders, redactValue);

  const redactBody = (text: string, contentType: string): string => {
    const named = redactJson(text);
    if (/form-urlencoded/i.test(contentType)) return redactText(redactForm(named, secrecyOf));
    if (/multipart\//i.test(contentType)) return redactText(redactMultipart(named));
    if (/xml/i.test(contentType)) return redactText(redactXml(named));
    return redactText(named);
  };

  const redactOrigin = (raw: Origin): Redacted<Origin> => {
    const texts = [raw.program, raw.session, raw.test].map((one) => (one === null ? '' : redactValue(one)));
    const [program = '', session = '', test = ''] = user.none ? texts : user.redact(texts);
    const orNull = (text: string): string | null => (text === '' ? null : text);
    return { ...raw, program: orNull(program), session: orNull(session), test: orNull(test) } as Redacted<Origin>;
  };

  /** User patterns included: there are few of them, and few such exchanges. */
  const redactStages = ({ request, response, changes }: ClientStages): ClientStages => {
    const heads = (headers: HeaderList): HeaderList =>
      redactOwn(headers).map(([name, value]) => [name, user.none ? value : (user.redact([value])[0] ?? '')] as const);
    const [path = ''] = user.redact([redactValue(request.path)]);
    return {
      request: { ...request, path, headers: heads(request.headers) },
      response: response && { ...response, headers: heads(response.headers), trailers: heads(response.trailers) },
      changes,
    };
  };

  return {
    problems: user.problems,
    exchange: (raw) => {
      const { request, response, failure } = raw;
      const own: Exchange = {
        ...raw,
        ...(raw.origin === undefined || raw.origin === null ? {} : { origin: redactOrigin(raw.origin) }),
        path: redactValue(raw.path),
        url: redactValue(raw.url),
        request: { ...request, path: redactValue(request.path), headers: redactOwn(request.headers) },
        response: response && {
          ...response,
          reason: redactText(response.reason),
          headers: redactOwn(response.headers),
          trailers: redactOwn(response.trailers),
        },
        ...(raw.stages === undefined ? {} : { stages: redactStages(raw.stages) }),
        failure: failure && { ...failure, message: redactText(failure.message), hint: redactText(failure.hint) },
      };
      return (user.none ? own : mapTexts(own, (texts) => user.redact(texts))) as Redacted<Exchange>;
    },
    origin: redactOrigin,
    body: (decoded, contentType, cut) => {
      const body = readBody(decoded, contentType);
      const { text, readable } = body;
      const whole = cut ? withoutBegunSecret(text, readable, literals.begunAtEnd(text)) : text;
      const [clean = ''] = user.redact([redactBody(whole, contentType ?? '')]);
      const bytes = clean === text ? decoded : body.toBytes(clean);
      return { bytes, text: readable ? clean : null } as Redacted<StorableBody>;
    },
  };
}

/** The exchange with what was found out from its redacted self, or beside it. */
export function amended(
  exchange: Redacted<Exchange>,
  change: Partial<
    Pick<
      Exchange,
      'number' | 'diagnosis' | 'callSite' | 'client' | 'origin' | 'usage' | 'costUsd' | 'costEstimated' | 'attempts'
    >
  >,
): Redacted<Exchange> {
  return { ...exchange, ...change };
}

/**
 * A cut may go through a key, and what is left of it has no shape to be known by. So the unbroken run of characters
 * before the cut goes, and whatever is the beginning of a secret in hand.
 */
function withoutBegunSecret(text: string, readable: boolean, begun: number): string {
  let run = 0;
  // From the end: a regular expression would try every place of the text first.
  while (readable && run < Math.min(4096, text.length) && ofKeys.test(text.charAt(text.length - run - 1))) run++;
  return text.slice(0, text.length - Math.max(run, begun));
}

const ofKeys = /[A-Za-z0-9_.~+/=%-]/;

/** Puts every text of an exchange's heads through a function that takes them all at one go. */
function mapTexts(exchange: Exchange, map: (texts: readonly string[]) => readonly string[]): Exchange {
  const { request, response } = exchange;
  const lists = [request.headers, response?.headers ?? [], response?.trailers ?? []];
  const texts = [exchange.path, exchange.url, request.path, ...lists.flatMap((list) => list.map(([, value]) => value))];
  const mapped = map(texts);
  let at = 0;
  const next = (): string => mapped[at++] ?? '';
  const nextOf = (list: HeaderList): HeaderList => list.map(([name]) => [name, next()] as const);
  return {
    ...exchange,
    path: next(),
    url: next(),
    request: { ...request, path: next(), headers: nextOf(request.headers) },
    response: response && { ...response, headers: nextOf(response.headers), trailers: nextOf(response.trailers) },
  };
}
