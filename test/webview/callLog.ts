import type { Exchange, ExchangeId, ExchangeSummary, HeaderList } from '../../src/shared/exchange.ts';
import type { Diagnosis } from '../../src/shared/finding.ts';
import { matchesFilter, parseFilter } from '../../src/shared/filter.ts';
import type { ClientSide } from '../../src/shared/stages.ts';
import type { ImportedSession } from '../../src/shared/sessions.ts';
import { ChannelError } from '../../src/shared/channel.ts';
import { plain, text } from '../../src/shared/text.ts';
import type {
  BodyContent,
  ExchangePage,
  ExchangeQuery,
  GatewayApi,
  GroupQuery,
  LogGroup,
  Side,
} from '../../src/shared/protocol.ts';

/** An exchange and its bodies, as a test wants them. */
export interface LoggedCall {
  readonly exchange: Exchange;
  readonly request: string | Uint8Array;
  readonly response: string | Uint8Array;
}

/** What a test says of a call; the rest is as with most. */
export type CallOptions = Partial<Omit<Exchange, 'request' | 'response' | 'id'>> & {
  readonly request?: string | Uint8Array;
  readonly requestHeaders?: HeaderList;
  readonly responseHeaders?: HeaderList;
  readonly response?: string | Uint8Array | null;
  readonly responseType?: string;
  readonly stored?: number;
  readonly encoding?: string;
  readonly decodeError?: string;
};

const firstAt = Date.UTC(2026, 2, 14, 9, 30);

/** A log in memory that answers as the gateway does. */
export class CallLog implements Pick<
  GatewayApi,
  'exchanges' | 'groups' | 'trends' | 'sessions' | 'closeSession' | 'exchange' | 'body' | 'replay'
> {
  readonly calls: LoggedCall[] = [];
  readonly queries: ExchangeQuery[] = [];
  /** A real store's, where a test wants trends. */
  trends: GatewayApi['trends'] = () => Promise.reject(new ChannelError('no_trends', 'There are no trends here.'));
  readonly #decodeErrors = new Map<string, string>();

  opened: readonly ImportedSession[] = [];

  sessions(): Promise<readonly ImportedSession[]> {
    return Promise.resolve(this.opened);
  }

  closeSession(id: string): Promise<void> {
    this.opened = this.opened.filter((one) => one.id !== id);
    return Promise.resolve();
  }

  add(options: CallOptions = {}): ExchangeSummary {
    const number = this.calls.length + 1;
    const response = options.response === undefined ? '{"ok":true}' : options.response;
    const { request = '', status = 200, responseType = 'application/json' } = options;
    const id = `call-${String(number).padStart(7, '0')}` as ExchangeId;
    const path = options.path ?? '/v1/chat/completions';
    const host = options.host ?? 'api.openai.com';
    const size = options.responseSize ?? response?.length ?? 0;
    const exchange: Exchange = {
      number,
      startedAt: firstAt + number * 137,
      state: 'complete',
      api: 'openai',
      provider: 'openai',
      method: 'POST',
      requestSize: request.length,
      responseSize: size,
      duration: 412 + (number % 50),
      contentType: response === null ? null : responseType,
      model: 'gpt-4o-mini',
      callSite: {
        file: '/home/ada/shop/src/assistant.ts',
        line: 10 + (number % 40),
        column: 27,
        function: 'answer',
        certainty: 'exact',
      },
      diagnosis: null,
      replayOf: null,
      simulated: false,
      usage: null,
      costUsd: null,
      costEstimated: false,
      url: `https://${host}${path}`,
      timing: { queue: 0.4, connect: 21.2, tls: 34.8, firstByte: 301.5, download: 55.1, total: 413 },
      failure: null,
      client: { port: 51234, ordinal: 1, pid: 4711 },
      credentialInjected: true,
      ...options,
      id,
      host,
      path,
      status: response === null ? null : status,
      request: {
        method: options.method ?? 'POST',
        path,
        httpVersion: '1.1',
        headers: options.requestHeaders ?? [
          ['Host', host],
          ['Content-Type', 'application/json'],
          ['Authorization', 'Bearer [redacted]'],
          ['Accept-Encoding', 'gzip, br'],
        ],
        body: {
          size: request.length,
          stored: request.length,
          truncated: false,
          contentType: 'application/json',
          encoding: null,
        },
      },
      response:
        response === null
          ? null
          : {
              status: status ?? 200,
              reason: status === 402 ? 'Payment Required' : status === 200 ? 'OK' : '',
              httpVersion: '1.1',
              headers: options.responseHeaders ?? [
                ['Content-Type', responseType],
                ['Date', 'Sat, 14 Mar 2026 09:30:00 GMT'],
                ['x-request-id', `req_${String(number)}`],
              ],
              trailers: [],
              body: {
                size,
                stored: options.stored ?? size,
                truncated: options.stored !== undefined,
                contentType: responseType,
                encoding: options.encoding ?? null,
              },
            },
    };
    if (options.decodeError !== undefined) this.#decodeErrors.set(id, options.decodeError);
    this.calls.push({ exchange, request, response: response ?? '' });
    return summaryOf(exchange);
  }

  /** Replaces what is known of a call, as when it ends. */
  change(id: ExchangeId, change: Partial<Exchange>, response?: string): ExchangeSummary {
    const call = this.#find(id);
    if (call === undefined) throw new Error(`There is no call ${id}.`);
    const changed = { ...call, exchange: { ...call.exchange, ...change }, response: response ?? call.response };
    this.calls[changed.exchange.number - 1] = changed;
    return summaryOf(changed.exchange);
  }

  exchanges(query: ExchangeQuery): Promise<ExchangePage> {
    this.queries.push(query);
    const parsed = parseFilter(query.filter);
    if (!parsed.ok) return Promise.reject(new ChannelError('bad_filter', plain(parsed.message)));
    const matching = this.calls
      .filter(({ exchange, request, response }) => {
        const known = matchesFilter(parsed.node, exchange, Date.now());
        // Only the store can look into bodies; here any text of the filter in quotes does.
        return (
          known ??
          [...query.filter.matchAll(/"([^"]+)"/g)].every(([, word = '']) =>
            `${String(request)}${String(response)}`.includes(word),
          )
        );
      })
      .map(({ exchange }) => exchange)
      .reverse();
    const { sort } = query;
    if (sort !== undefined) {
      const sign = sort.descending ? -1 : 1;
      const value = (row: Exchange): number =>
        sort.by === 'duration' ? (row.duration ?? 0) : sort.by === 'status' ? (row.status ?? 0) : row.number;
      matching.sort((one, other) => sign * (value(one) - value(other)));
    }
    const below = query.before === undefined ? matching : matching.filter(({ number }) => number < (query.before ?? 0));
    const rows = below.slice(query.offset ?? 0, (query.offset ?? 0) + query.limit).map(summaryOf);
    return Promise.resolve({ rows, total: matching.length });
  }

  groups({ by }: GroupQuery): Promise<readonly LogGroup[]> {
    const groups = Map.groupBy(this.calls, ({ exchange }) =>
      by === 'cause' ? (exchange.diagnosis?.cause ?? null) : exchange.api,
    );
    return Promise.resolve(
      [...groups].map(([key, calls]) => ({
        key,
        term: key === null ? `-${by}:*` : `${by}=${key}`,
        calls: calls.length,
        findings: calls.filter(({ exchange }) => exchange.diagnosis !== null).length,
        costUsd: null,
        tokens: 0,
        duration: 420,
        newest: calls.at(-1)?.exchange.number ?? 0,
        newestAt: calls.at(-1)?.exchange.startedAt ?? 0,
      })),
    );
  }

  exchange(id: ExchangeId): Promise<Exchange | null> {
    return Promise.resolve(this.#find(id)?.exchange ?? null);
  }

  /** Bodies of clients, where they are not the upstream's. */
  readonly clients = new Map<string, string>();

  body(id: ExchangeId, side: Side | ClientSide): Promise<BodyContent | null> {
    const call = this.#find(id);
    if (call === undefined) return Promise.resolve(null);
    const isUpstream = side === 'request' || side === 'response';
    const content = isUpstream ? call[side] : (this.clients.get(`${id} ${side}`) ?? '');
    const info = (
      isUpstream ? call.exchange[side] : call.exchange.stages?.[side === 'clientRequest' ? 'request' : 'response']
    )?.body;
    return Promise.resolve({
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
      truncated: info?.truncated ?? false,
      size: info?.size ?? 0,
      contentType: info?.contentType ?? null,
      decodeError: side === 'response' ? (this.#decodeErrors.get(id) ?? null) : null,
    });
  }

  replay(id: ExchangeId): Promise<ExchangeId> {
    return Promise.resolve(this.add({ replayOf: id }).id);
  }

  #find(id: ExchangeId): LoggedCall | undefined {
    return this.calls[Number(id.slice('call-'.length)) - 1];
  }
}

const notInRows = new Set(['url', 'request', 'response', 'timing', 'failure', 'client', 'credentialInjected']);

function summaryOf(exchange: Exchange): ExchangeSummary {
  return Object.fromEntries(
    Object.entries(exchange).filter(([name]) => !notInRows.has(name)),
  ) as unknown as ExchangeSummary;
}

/** A diagnosis as OpenRouter's 402 gets it. */
export const outOfCredit: Diagnosis = {
  rule: 'openrouter',
  cause: 'insufficient_funds',
  alternatives: ['spend_limit_or_budget_reached'],
  responsibleParty: 'caller',
  confidence: 0.97,
  summary: text('{0} refused: your credit covers {1} of the {2} tokens asked for.', 'OpenRouter', 412, '4,096'),
  evidence: [
    { source: 'status', path: '', quote: '402 Payment Required' },
    { source: 'body', path: '/error/message', quote: 'This request needs more credits, or fewer max_tokens.' },
    { source: 'header', path: 'x-request-id', quote: 'req_77' },
  ],
  retry: { helps: false, afterSeconds: null },
  facts: {
    requestedTokens: 4096,
    affordableTokens: 412,
    requestId: 'req_77',
    link: 'https://openrouter.ai/settings/credits',
  },
};
