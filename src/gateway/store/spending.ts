import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Spending, SpendingQuery } from '../../shared/protocol.ts';
import { ledgerStep } from './spendingTables.ts';

const keys: Readonly<Record<SpendingQuery['by'], { readonly ledger: string; readonly exchange: string }>> = {
  api: { ledger: 'api', exchange: 'coalesce(api, host)' },
  model: { ledger: "nullif(model, '')", exchange: 'model' },
  line: {
    ledger: "CASE file WHEN '' THEN NULL ELSE file || ':' || line END",
    exchange: "call_file || ':' || call_line",
  },
  application: { ledger: "nullif(application, '')", exchange: 'application' },
};

/**
 * Adds up what calls have cost, from the ledger; only for the quarter of an hour in which `since` falls does it look at
 * single exchanges.
 */
export function createSpending(database: DatabaseSync): (query: SpendingQuery) => readonly Spending[] {
  const statements = new Map<SpendingQuery['by'], StatementSync>();
  const prepare = (by: SpendingQuery['by']): StatementSync => {
    const { ledger, exchange } = keys[by];
    return database.prepare(`
      WITH parts AS (
        SELECT ${ledger} AS key, api AS api, application AS application, calls, cost, tokens, first_at, last_at FROM spending WHERE step >= :step
        UNION ALL
        SELECT ${exchange}, coalesce(api, host), coalesce(application, ''), 1, coalesce(cost, 0), coalesce(tokens, 0), started_at, started_at
          FROM exchanges WHERE started_at >= :since AND started_at < :end AND state <> 'open' AND simulated = 0)
      SELECT key, sum(calls) AS calls, sum(cost) AS cost, sum(tokens) AS tokens, min(first_at) AS first_at,
        max(last_at) AS last_at FROM parts WHERE (:api IS NULL OR api = :api)
          AND (:applications IS NULL OR application IN (SELECT value FROM json_each(:applications))) GROUP BY key ORDER BY cost DESC, calls DESC`);
  };
  return ({ since, by, api, applications }) => {
    const statement = statements.get(by) ?? prepare(by);
    statements.set(by, statement);
    const step = Math.ceil(since / ledgerStep);
    const whose = applications === undefined ? null : JSON.stringify(applications);
    const bounds = { step, since, end: step * ledgerStep };
    return statement.all({ ...bounds, api: api ?? null, applications: whose }).map((row) => ({
      key: row.key as string | null,
      calls: row.calls as number,
      costUsd: row.cost as number,
      tokens: row.tokens as number,
      firstAt: row.first_at as number,
      lastAt: row.last_at as number,
    }));
  };
}
