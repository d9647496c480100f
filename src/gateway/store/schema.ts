import { bodyFileTable } from '../bodyFiles/bodyFileTable.ts';
import { answerTable } from './answerStore.ts';
import { applicationSpending } from './applicationSpending.ts';
import { facetTables } from './facetTables.ts';
import { spendingTables } from './spendingTables.ts';
import { trendTables } from './trendTables.ts';
import { warningTables } from './warningTables.ts';

/** One step from a version of the store's tables to the next. Never changed once released; only added to. */
export const migrations: readonly string[] = [
  `
  -- AUTOINCREMENT: a number is never given twice, not even after the newest row was deleted, nor by two processes.
  CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    started_at REAL NOT NULL,
    state TEXT NOT NULL COLLATE NOCASE,
    api TEXT COLLATE NOCASE,
    provider TEXT COLLATE NOCASE,
    method TEXT NOT NULL COLLATE NOCASE,
    host TEXT NOT NULL COLLATE NOCASE,
    path TEXT NOT NULL COLLATE NOCASE,
    status INTEGER,
    request_size INTEGER NOT NULL,
    response_size INTEGER NOT NULL,
    duration REAL,
    content_type TEXT COLLATE NOCASE,
    model TEXT COLLATE NOCASE,
    call_file TEXT,
    call_line INTEGER,
    call_column INTEGER,
    call_function TEXT COLLATE NOCASE,
    call_certainty TEXT,
    cause TEXT COLLATE NOCASE,
    party TEXT COLLATE NOCASE,
    rule TEXT COLLATE NOCASE,
    replay_of TEXT COLLATE NOCASE,
    -- Names the place that a finding lives at; null until the answer says whether there is one.
    place TEXT,
    -- The process that records it, to tell exchanges that run from those that a crash left behind.
    pid INTEGER NOT NULL,
    diagnosis TEXT,
    detail TEXT NOT NULL
  );
  CREATE INDEX exchanges_api ON exchanges (api, number);
  CREATE INDEX exchanges_status ON exchanges (status, number);
  CREATE INDEX exchanges_cause ON exchanges (cause, number) WHERE cause IS NOT NULL;
  CREATE INDEX exchanges_line ON exchanges (call_line, number) WHERE call_line IS NOT NULL;
  CREATE INDEX exchanges_place ON exchanges (place, number) WHERE place IS NOT NULL;
  CREATE INDEX exchanges_open ON exchanges (pid) WHERE state = 'open';
  CREATE INDEX exchanges_started ON exchanges (started_at);
  -- key is twice the exchange's number, plus one for the response: no index is needed beside it.
  CREATE TABLE bodies (
    key INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL,
    decode_error TEXT
  );
  `,
  'ALTER TABLE exchanges ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0',
  spendingTables,
  warningTables,
  `
  ALTER TABLE exchanges ADD COLUMN client_pid INTEGER;
  ALTER TABLE exchanges ADD COLUMN program TEXT COLLATE NOCASE;
  ALTER TABLE exchanges ADD COLUMN session TEXT COLLATE NOCASE;
  ALTER TABLE exchanges ADD COLUMN run TEXT COLLATE NOCASE;
  ALTER TABLE exchanges ADD COLUMN test TEXT COLLATE NOCASE;
  ALTER TABLE exchanges ADD COLUMN trace TEXT COLLATE NOCASE;
  CREATE INDEX exchanges_run ON exchanges (run, number) WHERE run IS NOT NULL;
  CREATE INDEX exchanges_trace ON exchanges (trace, number) WHERE trace IS NOT NULL;
  `,
  facetTables,
  `
  ALTER TABLE exchanges ADD COLUMN operation TEXT COLLATE NOCASE;
  ALTER TABLE facets ADD COLUMN operation INTEGER;
  `,
  `
  ALTER TABLE exchanges ADD COLUMN route TEXT COLLATE NOCASE;
  ALTER TABLE exchanges ADD COLUMN cache TEXT;
  -- What clients sent and were answered, where that is not what upstreams were sent and answered. Keys as in bodies.
  CREATE TABLE client_bodies (
    key INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL,
    decode_error TEXT
  );
  `,
  `
  ALTER TABLE exchanges ADD COLUMN application TEXT COLLATE NOCASE;
  ALTER TABLE facets ADD COLUMN application INTEGER;
  `,
  trendTables,
  answerTable,
  bodyFileTable,
  applicationSpending,
  `
  ALTER TABLE facets ADD COLUMN route INTEGER;
  ALTER TABLE facets ADD COLUMN cache INTEGER;
  INSERT OR IGNORE INTO names (kind, value) SELECT DISTINCT 'route', route FROM exchanges WHERE route IS NOT NULL;
  INSERT OR IGNORE INTO names (kind, value) SELECT DISTINCT 'cache', cache FROM exchanges WHERE cache IS NOT NULL;
  UPDATE facets SET route = named.id, cache = (SELECT id FROM names WHERE kind = 'cache' AND value = exchanges.cache)
    FROM exchanges JOIN names AS named ON named.kind = 'route' AND named.value = exchanges.route
    WHERE exchanges.number = facets.number;
  `,
];

/** The version of the tables that this code reads and writes. */
export const schemaVersion = migrations.length;
