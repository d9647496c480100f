import { interpret } from '../../providers/accounts/interpret.ts';
import { doubt } from '../../providers/accounts/reading.ts';
import type { AccountCheck, AccountReport } from '../../shared/account.ts';
import type { HeaderList } from '../../shared/exchange.ts';
import { text } from '../../shared/text.ts';
import { inject } from '../inject.ts';
import type { Injection, ResolvedApi } from '../parts.ts';
import { upstreamFailure } from '../upstreamFailure.ts';
import { accountUrl, dates } from './accountUrl.ts';

export type CheckOutcome = AccountReport['checks'][number];

/** What asking takes. */
export interface AccountAsking {
  readonly api: ResolvedApi;
  readonly fetch: typeof fetch;
  /** What the API's calls carry. */
  readonly injection: Injection;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends the asking. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Seconds that all questions of one verification may take together. */
export const patienceSeconds = 10;
const longestAnswer = 2 * 1024 * 1024;

/** Asks one question. Whatever goes wrong on the way is part of the answer. */
export async function askAccount(check: AccountCheck, asking: AccountAsking): Promise<CheckOutcome> {
  const { api, environment, now } = asking;
  const outcome = (host: string, status: number | null, reading: CheckOutcome['reading']): CheckOutcome => ({
    id: check.id,
    host,
    status,
    reading,
  });
  const managementKey = check.managementKey === undefined ? '' : (environment[check.managementKey] ?? '');
  if (check.managementKey !== undefined && managementKey === '')
    return outcome(
      api.upstream.host,
      null,
      doubt(
        'key_may_not_ask',
        text(
          '{0} tells about the account only to a management key. Put one into the environment as {1}.',
          api.title,
          check.managementKey,
        ),
      ),
    );
  let host = api.upstream.host;
  try {
    let fillings = dates(now);
    let before: unknown = null;
    if (check.before !== undefined) {
      const first = await request(accountUrl(check.before.path, api, fillings), {}, asking.injection, asking);
      const found = first.json === undefined ? null : check.before.find(first.json);
      if (found === null || first.status >= 300)
        return outcome(
          host,
          first.status,
          interpret({ ...check, read: () => null }, api.title, undefined, { ...first, before: null }),
        );
      fillings = { ...fillings, ...found };
      before = first.json;
    }
    const url = accountUrl(check.path, api, fillings);
    host = url.host;
    const value = managementKey === '' ? asking.injection.value : managementKey;
    const injection = { placement: check.auth ?? asking.injection.placement, value };
    const answer = await request(url, check, injection, asking);
    return outcome(host, answer.status, interpret(check, api.title, answer.json, { ...answer, before }));
  } catch (error) {
    return outcome(host, null, unreachable(error, host, asking));
  }
}

/** Fetches JSON that needs no reading, as a price list. Undefined where there is none. */
export async function askJson(path: string, asking: AccountAsking): Promise<unknown> {
  try {
    const answer = await request(accountUrl(path, asking.api, {}), {}, asking.injection, asking);
    return answer.status === 200 ? answer.json : undefined;
  } catch {
    return undefined;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly host: string;
  readonly json: unknown;
}

async function request(
  url: URL,
  { method = 'GET', headers = {}, body }: Partial<Pick<AccountCheck, 'method' | 'headers' | 'body'>>,
  injection: Injection,
  { api, fetch, signal }: AccountAsking,
): Promise<Answer> {
  const own = url.host === api.upstream.host ? Object.entries(api.headers) : [];
  const sent: HeaderList = [
    ['accept', 'application/json'],
    ['user-agent', 'tollgate'],
    ...own,
    ...Object.entries(headers),
  ];
  const injected = inject(sent, url.pathname + url.search, injection);
  const response = await fetch(new URL(injected.path, url), {
    method,
    headers: injected.headers.map(([name, value]): [string, string] => [name, value]),
    // A redirect would carry the credential elsewhere.
    redirect: 'manual',
    signal,
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    headers: [...response.headers],
    host: url.hostname,
    json: await jsonOf(response),
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return undefined;
  for await (const piece of response.body as AsyncIterable<Uint8Array>) {
    size += piece.byteLength;
    if (size > longestAnswer) return undefined;
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** Says why nothing came back. URLs stay out of it: a credential may be in their query. */
function unreachable(error: unknown, host: string, { api, signal }: AccountAsking): CheckOutcome['reading'] {
  if (signal.aborted) return doubt('unreachable', text('{0} did not answer within {1} s.', host, patienceSeconds));
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return doubt('unreachable', text('{0} cannot be reached.', host));
  const { message } = upstreamFailure(cause, { ...api, upstream: new URL(`${api.upstream.protocol}//${host}`) }, false);
  return doubt('unreachable', text('{0} was not asked. {1}', api.title, message));
}
