import { headerValue, type Exchange } from '../../shared/exchange.ts';
import type { Diagnosis } from '../../shared/finding.ts';
import type { Attempt, Relief } from '../../shared/recourse.ts';
import type { Subject } from '../../shared/subject.ts';
import type { RawAttempt } from '../parts.ts';
import type { Redactor } from '../redact/redactor.ts';

/** The tries within one exchange, redacted and diagnosed. */
export interface ConcludedAttempts {
  readonly attempts: readonly Attempt[];
  /** Why the first of them was refused, where another was answered; null where there is nothing to tell. */
  readonly relieved: Diagnosis | null;
  /** What to take the exchange's answer for: another API may have given it. */
  readonly answering: Partial<Pick<Exchange, 'provider' | 'host' | 'url' | 'model' | 'simulated'>>;
}

/** `raw` is not redacted, and `exchange` neither; `request` is the redacted text of the request's body. */
export function concludeAttempts(
  raw: readonly RawAttempt[],
  exchange: Exchange,
  request: string | null,
  redactor: Redactor,
  diagnose: (subject: Subject) => Diagnosis | null,
): ConcludedAttempts {
  let first: Diagnosis | null = null;
  const attempts = raw.map((one): Attempt => {
    const { refusal, ...attempt } = one;
    const diagnosis = refusal === null ? null : diagnose(subjectOf(one, refusal, exchange, request, redactor));
    first ??= diagnosis;
    return { ...attempt, cause: diagnosis?.cause ?? null };
  });
  const last = raw.at(-1);
  return {
    attempts,
    relieved: withRelief(first, raw, last),
    answering: last?.outcome === 'answered' ? answeringOf(last, exchange) : {},
  };
}

/** Where no other answered, the client was told the first refusal. */
function answeringOf(last: RawAttempt, exchange: Exchange): ConcludedAttempts['answering'] {
  const { provider, host, model } = last;
  return {
    // A rehearsed refusal may have been made good by a real answer.
    simulated: false,
    ...(model === null ? {} : { model }),
    ...(last.api === exchange.api ? {} : { provider, host, url: `https://${host}` }),
  };
}

/** Having waited, and been answered by the very same, is nothing that anybody has to mend. */
function withRelief(
  first: Diagnosis | null,
  raw: readonly RawAttempt[],
  last: RawAttempt | undefined,
): Diagnosis | null {
  const tried = raw[0];
  if (first === null || tried === undefined || last?.outcome !== 'answered') return null;
  if (tried.api === last.api && tried.credential === last.credential) return null;
  const relief: Relief = { api: last.api, credential: tried.api === last.api ? last.credential : null };
  return { ...first, relief };
}

function subjectOf(
  { provider, host, status }: RawAttempt,
  { headers, body }: NonNullable<RawAttempt['refusal']>,
  exchange: Exchange,
  request: string | null,
  redactor: Redactor,
): Subject {
  const empty = { size: 0, stored: 0, truncated: false, contentType: null, encoding: null };
  const head = { status: status ?? 0, reason: '', httpVersion: '1.1', headers, trailers: [], body: empty };
  const clean = redactor.exchange({ ...exchange, response: head });
  const type = headerValue(headers, 'content-type') ?? null;
  return {
    provider,
    request: { method: clean.method, host, path: clean.path, headers: clean.request.headers, body: request },
    response: {
      status,
      headers: clean.response?.headers ?? [],
      trailers: [],
      body: body === null ? null : redactor.body(Buffer.from(body), type, false).text,
      truncated: false,
    },
  };
}
