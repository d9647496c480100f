import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { callSiteKey, type CallSite, type CallSiteCertainty } from '../../shared/callSite.ts';
import type { Exchange, ExchangeId, ExchangeState, ExchangeSummary, Redacted, Usage } from '../../shared/exchange.ts';
import type { Origin } from '../../shared/origin.ts';
import type { Diagnosis } from '../../shared/finding.ts';
import type { CacheState } from '../../shared/stages.ts';

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What `Exchange` has beyond its summary. */
type Detail = Omit<Exchange, keyof ExchangeSummary>;

/** The columns of a summary, and nothing that is big. */
export const summaryColumns =
  'number, id, started_at, state, api, provider, method, host, path, status, request_size, response_size, duration, ' +
  'content_type, model, call_file, call_line, call_column, call_function, call_certainty, replay_of, simulated, usage, cost, ' +
  'cost_estimated, diagnosis, client_pid, program, session, run, test, trace, operation, route, cache, ' +
  'application';

/** The columns that are written, in the order of `toValues`. */
export const writtenColumns: readonly string[] = [
  ...['id', 'started_at', 'state', 'api', 'provider', 'method', 'host', 'path', 'status', 'request_size'],
  ...['response_size', 'duration', 'content_type', 'model', 'call_file', 'call_line', 'call_column', 'call_function'],
  ...['call_certainty', 'replay_of', 'simulated', 'diagnosis', 'cause', 'party', 'rule', 'place', 'pid', 'detail'],
  ...['usage', 'tokens', 'cost', 'cost_estimated'],
  ...['client_pid', 'program', 'session', 'run', 'test', 'trace', 'operation', 'route', 'cache'],
  'application',
];

/** The values of `writtenColumns`. */
export function toValues(exchange: Redacted<Exchange>): SQLInputValue[] {
  const {
    callSite,
    diagnosis,
    url,
    request,
    response,
    timing,
    failure,
    client,
    credentialInjected,
    ownCredential = null,
    attempts,
    stages,
    arrivals,
  } = exchange;
  const heads = { url, request, response, timing, failure, client, credentialInjected, ownCredential };
  const detail: Detail = {
    ...heads,
    ...(attempts === undefined ? {} : { attempts }),
    ...(stages === undefined ? {} : { stages }),
    ...(arrivals === undefined ? {} : { arrivals }),
  };
  const { usage } = exchange;
  const { pid = null, program = null, session = null, run = null, test = null, trace = null } = exchange.origin ?? {};
  // One literal: to spread parts into it took a tenth of the time that a row takes.
  return [
    exchange.id,
    exchange.startedAt,
    exchange.state,
    exchange.api,
    exchange.provider,
    exchange.method,
    exchange.host,
    exchange.path,
    exchange.status,
    exchange.requestSize,
    exchange.responseSize,
    exchange.duration,
    exchange.contentType,
    exchange.model,
    callSite?.file ?? null,
    callSite?.line ?? null,
    callSite?.column ?? null,
    callSite?.function ?? null,
    callSite?.certainty ?? null,
    exchange.replayOf,
    exchange.simulated ? 1 : 0,
    diagnosis === null ? null : JSON.stringify(diagnosis),
    diagnosis?.cause ?? null,
    diagnosis?.responsibleParty ?? null,
    diagnosis?.rule ?? null,
    placeOf(exchange),
    process.pid,
    JSON.stringify(detail),
    usage === null ? null : JSON.stringify(usage),
    usage === null ? null : usage.inputTokens + usage.outputTokens,
    exchange.costUsd,
    exchange.costEstimated ? 1 : 0,
    pid,
    program,
    session,
    run,
    test,
    trace,
    exchange.operation ?? null,
    exchange.route ?? null,
    exchange.cache ?? null,
    exchange.application ?? null,
  ];
}

function toOrigin(row: Row): Origin | null {
  const { client_pid: pid, program, session, run, test, trace } = row;
  if (pid === null && trace === null) return null;
  return { pid, program, session, run, test, trace } as Origin;
}

/**
 * Names the place at which a finding would live: the calling line, or else method and path. Null for a call that says
 * nothing about it, because it still runs or was never answered: it neither raises a finding nor clears one.
 */
function placeOf(exchange: ExchangeSummary): string | null {
  const { state, status, diagnosis, route, api, host, method, path, callSite } = exchange;
  if (diagnosis === null && (state === 'open' || state === 'failed' || status === null)) return null;
  const where = callSite === null ? `${method} ${path.replace(/[?#].*$/s, '')}` : callSiteKey(callSite);
  // Targets of an alias stand in for each other: what one of them answers well clears what another refused.
  return `${route ?? api ?? host}\n${where}`;
}

export function toSummary(row: Row): ExchangeSummary {
  return {
    id: row.id as ExchangeId,
    number: row.number as number,
    startedAt: row.started_at as number,
    state: row.state as ExchangeState,
    api: row.api as string | null,
    provider: row.provider as string | null,
    method: row.method as string,
    host: row.host as string,
    path: row.path as string,
    status: row.status as number | null,
    requestSize: row.request_size as number,
    responseSize: row.response_size as number,
    duration: row.duration as number | null,
    contentType: row.content_type as string | null,
    model: row.model as string | null,
    callSite: toCallSite(row),
    diagnosis: row.diagnosis === null ? null : (JSON.parse(row.diagnosis as string) as Diagnosis),
    replayOf: row.replay_of as ExchangeId | null,
    simulated: row.simulated === 1,
    usage: row.usage === null ? null : (JSON.parse(row.usage as string) as Usage),
    costUsd: row.cost as number | null,
    costEstimated: row.cost_estimated === 1,
    origin: toOrigin(row),
    ...(row.operation === null ? {} : { operation: row.operation as string }),
    ...(row.route === null ? {} : { route: row.route as string }),
    ...(row.cache === null ? {} : { cache: row.cache as CacheState }),
    ...(row.application === null ? {} : { application: row.application as string }),
  };
}

/** From a row that has `detail` as well. */
export function toExchange(row: Row): Exchange {
  return { ...toSummary(row), ...(JSON.parse(row.detail as string) as Detail) };
}

/** The summary of an exchange, without all that is big. */
export function summaryOf(exchange: Exchange): ExchangeSummary {
  return {
    id: exchange.id,
    number: exchange.number,
    startedAt: exchange.startedAt,
    state: exchange.state,
    api: exchange.api,
    provider: exchange.provider,
    method: exchange.method,
    host: exchange.host,
    path: exchange.path,
    status: exchange.status,
    requestSize: exchange.requestSize,
    responseSize: exchange.responseSize,
    duration: exchange.duration,
    contentType: exchange.contentType,
    model: exchange.model,
    callSite: exchange.callSite,
    diagnosis: exchange.diagnosis,
    replayOf: exchange.replayOf,
    simulated: exchange.simulated,
    usage: exchange.usage,
    costUsd: exchange.costUsd,
    costEstimated: exchange.costEstimated,
    origin: exchange.origin ?? null,
    ...(exchange.operation === undefined ? {} : { operation: exchange.operation }),
    ...(exchange.route === undefined ? {} : { route: exchange.route }),
    ...(exchange.cache === undefined ? {} : { cache: exchange.cache }),
    ...(exchange.application === undefined ? {} : { application: exchange.application }),
  };
}

/** Where a call was made, from a row. */
export function toCallSite(row: Row): CallSite | null {
  if (row.call_file === null) return null;
  return {
    file: row.call_file as string,
    line: row.call_line as number,
    column: row.call_column as number,
    function: row.call_function as string | null,
    certainty: row.call_certainty as CallSiteCertainty,
  };
}
