import { ledgerStep } from './spendingTables.ts';

const spent = (row: 'OLD' | 'NEW'): string => `(${row}.state <> 'open' AND ${row}.simulated = 0)`;
const columns = 'step, api, model, file, line, application';
const key = (row: string): string =>
  `CAST(${row}.started_at AS INTEGER) / ${ledgerStep}, coalesce(${row}.api, ${row}.host), coalesce(${row}.model, ''), ` +
  `coalesce(${row}.call_file, ''), coalesce(${row}.call_line, 0), coalesce(${row}.application, '')`;

const add = `
    INSERT INTO spending VALUES
      (${key('NEW')}, 1, coalesce(NEW.cost, 0), coalesce(NEW.tokens, 0), NEW.started_at, NEW.started_at)
    ON CONFLICT DO UPDATE SET calls = calls + 1, cost = cost + excluded.cost, tokens = tokens + excluded.tokens,
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at);`;

/**
 * Tells the ledger of spending apart by application, so that a team can be told its own. What earlier versions added up
 * is no application's, but for calls that the log still holds: they say whose they were.
 */
export const applicationSpending = `
  DROP TRIGGER spending_inserted;
  DROP TRIGGER spending_updated;
  DROP TRIGGER spending_amended;
  ALTER TABLE spending RENAME TO spending_before;
  CREATE TABLE spending (
    step INTEGER NOT NULL,
    api TEXT NOT NULL COLLATE NOCASE,
    model TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    application TEXT NOT NULL,
    calls INTEGER NOT NULL,
    cost REAL NOT NULL,
    tokens INTEGER NOT NULL,
    first_at REAL NOT NULL,
    last_at REAL NOT NULL,
    PRIMARY KEY (${columns})
  ) WITHOUT ROWID;
  INSERT INTO spending SELECT step, api, model, file, line, '', calls, cost, tokens, first_at, last_at FROM spending_before;
  DROP TABLE spending_before;
  CREATE TEMP TABLE known_spending AS
    SELECT CAST(started_at AS INTEGER) / ${ledgerStep} AS step, coalesce(api, host) AS api, coalesce(model, '') AS model,
      coalesce(call_file, '') AS file, coalesce(call_line, 0) AS line, application, count(*) AS calls,
      sum(coalesce(cost, 0)) AS cost, sum(coalesce(tokens, 0)) AS tokens, min(started_at) AS first_at,
      max(started_at) AS last_at
    FROM exchanges WHERE state <> 'open' AND simulated = 0 AND application IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
  UPDATE spending SET calls = spending.calls - known.calls, cost = spending.cost - known.cost,
      tokens = spending.tokens - known.tokens
    FROM (SELECT step, api, model, file, line, sum(calls) AS calls, sum(cost) AS cost, sum(tokens) AS tokens
      FROM known_spending GROUP BY 1, 2, 3, 4, 5) AS known
    WHERE spending.application = '' AND (spending.step, spending.api, spending.model, spending.file, spending.line)
      = (known.step, known.api, known.model, known.file, known.line);
  DELETE FROM spending WHERE calls <= 0;
  INSERT INTO spending SELECT step, api, model, file, line, application, calls, cost, tokens, first_at, last_at
    FROM known_spending WHERE true
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, cost = cost + excluded.cost, tokens = tokens + excluded.tokens,
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at);
  DROP TABLE known_spending;
  CREATE TRIGGER spending_inserted AFTER INSERT ON exchanges WHEN ${spent('NEW')} BEGIN ${add}
  END;
  CREATE TRIGGER spending_updated AFTER UPDATE ON exchanges WHEN ${spent('NEW')} AND NOT ${spent('OLD')} BEGIN ${add}
  END;
  -- The line of a call may be learned after its end.
  CREATE TRIGGER spending_amended AFTER UPDATE ON exchanges WHEN ${spent('NEW')} AND ${spent('OLD')}
    AND (NEW.call_file IS NOT OLD.call_file OR NEW.call_line IS NOT OLD.call_line) BEGIN
    UPDATE spending SET calls = calls - 1, cost = cost - coalesce(OLD.cost, 0), tokens = tokens - coalesce(OLD.tokens, 0)
      WHERE (${columns}) = (${key('OLD')});
    DELETE FROM spending WHERE (${columns}) = (${key('OLD')}) AND calls <= 0;${add}
  END;
`;
