/** What warnings need to remember: gauges as they were read, as JSON, and what nobody wants to hear. */
export const warningTables = `
  CREATE TABLE gauges (
    id TEXT PRIMARY KEY,
    read_at REAL NOT NULL,
    entry TEXT NOT NULL
  ) WITHOUT ROWID;
  -- An empty kind is for all of the API.
  CREATE TABLE mutes (
    api TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (api, kind)
  ) WITHOUT ROWID;
`;
