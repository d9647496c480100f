import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ExchangeSummary } from '../../shared/exchange.ts';

/** What kinds of names there are: see the table `names`. */
export type NameKind =
  | 'state'
  | 'api'
  | 'provider'
  | 'method'
  | 'host'
  | 'path'
  | 'model'
  | 'cause'
  | 'party'
  | 'rule'
  | 'type'
  | 'file'
  | 'function'
  | 'replay'
  | 'session'
  | 'program'
  | 'run'
  | 'test'
  | 'trace'
  | 'operation'
  | 'application'
  | 'route'
  | 'cache';

const columns =
  'number, started_at, status, state, api, provider, method, host, path, model, cause, party, rule, type, file, line, ' +
  'function, replay, session, program, run, test, trace, pid, simulated, request_size, response_size, duration, tokens, cost, operation, application, route, cache';

/** Names remembered with their ids; beyond, they are looked up anew. */
const mostNames = 20_000;

/** Keeps the table of what rows are looked for by. */
export interface FacetWriter {
  /** Within the transaction that saves the row. */
  put(number: number, row: ExchangeSummary): void;
  /** After a transaction failed: names that it gave ids to are gone. */
  forget(): void;
}

export function createFacetWriter(database: DatabaseSync): FacetWriter {
  const put = database.prepare(`INSERT OR REPLACE INTO facets (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`);
  const find = database.prepare('SELECT id FROM names WHERE kind = ? AND value = ?');
  const add = database.prepare('INSERT INTO names (kind, value) VALUES (?, ?)');
  const known = new Map<string, number>();

  const idOf = (kind: NameKind, value: string | null | undefined): SQLInputValue => {
    if (value === null || value === undefined) return null;
    const key = `${kind}:${value}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const found = find.get(kind, value)?.id ?? add.run(kind, value).lastInsertRowid;
    if (known.size >= mostNames) known.clear();
    known.set(key, Number(found));
    return Number(found);
  };

  return {
    put: (number, row) => {
      const { callSite, diagnosis, usage, origin } = row;
      put.run(
        ...[number, row.startedAt, row.status, idOf('state', row.state), idOf('api', row.api)],
        ...[idOf('provider', row.provider), idOf('method', row.method), idOf('host', row.host), idOf('path', row.path)],
        ...[idOf('model', row.model), idOf('cause', diagnosis?.cause), idOf('party', diagnosis?.responsibleParty)],
        ...[idOf('rule', diagnosis?.rule), idOf('type', row.contentType), idOf('file', callSite?.file)],
        ...[callSite?.line ?? null, idOf('function', callSite?.function), idOf('replay', row.replayOf)],
        ...[idOf('session', origin?.session), idOf('program', origin?.program), idOf('run', origin?.run)],
        ...[idOf('test', origin?.test), idOf('trace', origin?.trace), origin?.pid ?? null],
        ...[row.simulated ? 1 : 0, row.requestSize, row.responseSize, row.duration],
        ...[usage === null ? null : usage.inputTokens + usage.outputTokens, row.costUsd],
        ...[idOf('operation', row.operation), idOf('application', row.application)],
        ...[idOf('route', row.route), idOf('cache', row.cache)],
      );
    },
    forget: () => known.clear(),
  };
}
