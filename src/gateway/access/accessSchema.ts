/** One step from a version of the access tables to the next. Never changed once released; only added to. */
export const accessMigrations: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  -- Counts changes of subscriptions and keys, so that a process sees that another has made one.
  INSERT INTO meta VALUES ('revision', 0);
  CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    api TEXT NOT NULL,
    plan TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    opinion TEXT,
    requested_at REAL NOT NULL,
    requested_by TEXT NOT NULL,
    decided_at REAL,
    decided_by TEXT,
    starts_at REAL,
    expires_at REAL,
    quota_since REAL NOT NULL,
    changed_at REAL NOT NULL,
    UNIQUE (application, api)
  ) WITHOUT ROWID;
  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    apis TEXT,
    methods TEXT,
    created_at REAL NOT NULL,
    created_by TEXT NOT NULL,
    expires_at REAL,
    revoked_at REAL,
    last_used_at REAL,
    replaced_by TEXT
  ) WITHOUT ROWID;
  -- AUTOINCREMENT: a number is never given twice.
  CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    team TEXT,
    application TEXT,
    api TEXT,
    detail TEXT
  );
  CREATE INDEX audit_subject ON audit (subject, number);
  -- What settled calls have used; '' stands for what is not known.
  CREATE TABLE usage (
    minute INTEGER NOT NULL,
    application TEXT NOT NULL,
    key TEXT NOT NULL,
    api TEXT NOT NULL,
    model TEXT NOT NULL,
    calls INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    usd REAL NOT NULL,
    PRIMARY KEY (minute, application, key, api, model)
  ) WITHOUT ROWID;
  `,
  // A quota that begins anew in the middle of a minute counts nothing of what was used before.
  `
  CREATE TABLE used (
    minute INTEGER NOT NULL,
    application TEXT NOT NULL,
    key TEXT NOT NULL,
    api TEXT NOT NULL,
    model TEXT NOT NULL,
    term TEXT NOT NULL,
    calls INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    usd REAL NOT NULL,
    PRIMARY KEY (minute, application, key, api, model, term)
  ) WITHOUT ROWID;
  INSERT INTO used
    SELECT minute, u.application, key, u.api, model, coalesce(CAST(CAST(s.quota_since AS INTEGER) AS TEXT), ''), calls, tokens, usd
    FROM usage u LEFT JOIN subscriptions s ON s.application = u.application AND s.api = u.api;
  DROP TABLE usage;
  ALTER TABLE used RENAME TO usage;
  `,
  `
  CREATE TABLE team_tokens (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    created_at REAL NOT NULL,
    created_by TEXT NOT NULL,
    expires_at REAL,
    revoked_at REAL
  ) WITHOUT ROWID;
  `,
];

/** The version of the tables that this code reads and writes. */
export const accessVersion = accessMigrations.length;
