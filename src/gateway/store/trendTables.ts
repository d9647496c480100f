/**
 * What calls came to, by minute for a few days and by quarter of an hour for two years. It outlasts the calls, as the
 * ledger of spending does. `trend_series` says what calls have in common, by ids of `names`; 0 stands for none.
 * `latency` is a step of `latencySteps`: rows that differ in nothing else are a histogram, which adds up.
 */
export const trendTables = `
  CREATE TABLE trend_series (
    id INTEGER PRIMARY KEY,
    api INTEGER NOT NULL,
    host INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    model INTEGER NOT NULL,
    application INTEGER NOT NULL,
    file INTEGER NOT NULL,
    line INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    UNIQUE (api, host, provider, model, application, file, line, cause, failed)
  );
  CREATE TABLE trends (
    -- Minutes of a step, and which step since 1970.
    grain INTEGER NOT NULL,
    step INTEGER NOT NULL,
    series INTEGER NOT NULL,
    latency INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    input INTEGER NOT NULL,
    output INTEGER NOT NULL,
    cost REAL NOT NULL,
    PRIMARY KEY (grain, step, series, latency)
  ) WITHOUT ROWID;
  -- Exchanges with numbers up to this one are still to be added.
  CREATE TABLE trend_backlog (upto INTEGER NOT NULL);
  INSERT INTO trend_backlog SELECT coalesce(max(number), 0) FROM facets;
`;

/** Minutes of a step, the finest first, and the days for which these sums are kept. */
export const trendGrains = [
  { minutes: 1, days: 3 },
  { minutes: 15, days: 735 },
] as const;
