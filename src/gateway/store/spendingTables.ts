/** Milliseconds of one entry in the ledger: the offset of every time zone is a multiple of it. */
export const ledgerStep = 900_000;

const spent = (row: 'OLD' | 'NEW'): string => `(${row}.state <> 'open' AND ${row}.simulated = 0)`;
const key = (row: 'OLD' | 'NEW'): string =>
  `CAST(${row}.started_at AS INTEGER) / ${ledgerStep}, coalesce(${row}.api, ${row}.host), coalesce(${row}.model, ''), ` +
  `coalesce(${row}.call_file, ''), coalesce(${row}.call_line, 0)`;

const add = `
    INSERT INTO spending VALUES
      (${key('NEW')}, 1, coalesce(NEW.cost, 0), coalesce(NEW.tokens, 0), NEW.started_at, NEW.started_at)
    ON CONFLICT DO UPDATE SET calls = calls + 1, cost = cost + excluded.cost, tokens = tokens + excluded.tokens,
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at);`;

/**
 * The cost of each exchange, and a ledger beside them: what calls cost by quarter of an hour, API, model and line.
 * Triggers keep it, in the transaction that saves the exchange. It does not shrink with the log: what is spent is spent.
 */
export const spendingTables = `
  ALTER TABLE exchanges ADD COLUMN usage TEXT;
  ALTER TABLE exchanges ADD COLUMN tokens INTEGER;
  ALTER TABLE exchanges ADD COLUMN cost REAL;
  ALTER TABLE exchanges ADD COLUMN cost_estimated INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE spending (
    step INTEGER NOT NULL,
    api TEXT NOT NULL COLLATE NOCASE,
    model TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    cost REAL NOT NULL,
    tokens INTEGER NOT NULL,
    first_at REAL NOT NULL,
    last_at REAL NOT NULL,
    PRIMARY KEY (step, api, model, file, line)
  ) WITHOUT ROWID;
  CREATE TRIGGER spending_inserted AFTER INSERT ON exchanges WHEN ${spent('NEW')} BEGIN ${add}
  END;
  CREATE TRIGGER spending_updated AFTER UPDATE ON exchanges WHEN ${spent('NEW')} AND NOT ${spent('OLD')} BEGIN ${add}
  END;
  -- The line of a call may be learned after its end.
  CREATE TRIGGER spending_amended AFTER UPDATE ON exchanges WHEN ${spent('NEW')} AND ${spent('OLD')}
    AND (NEW.call_file IS NOT OLD.call_file OR NEW.call_line IS NOT OLD.call_line) BEGIN
    UPDATE spending SET calls = calls - 1, cost = cost - coalesce(OLD.cost, 0), tokens = tokens - coalesce(OLD.tokens, 0)
      WHERE (step, api, model, file, line) = (${key('OLD')});
    DELETE FROM spending WHERE (step, api, model, file, line) = (${key('OLD')}) AND calls <= 0;${add}
  END;
`;
