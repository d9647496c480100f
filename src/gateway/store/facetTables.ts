/**
 * What rows are looked for by, beside the log: a narrow table of numbers that is read from end to end in the time in
 * which the log itself gives some hundred rows. Texts stand in `names`, each once, whatever their case. `texts` is a
 * full-text index (FTS5, without the texts themselves) over heads and the beginnings of bodies.
 */
export const facetTables = `
  CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    value TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (kind, value)
  );
  CREATE TABLE facets (
    number INTEGER PRIMARY KEY,
    started_at REAL NOT NULL,
    status INTEGER,
    state INTEGER NOT NULL,
    api INTEGER,
    provider INTEGER,
    method INTEGER NOT NULL,
    host INTEGER NOT NULL,
    path INTEGER NOT NULL,
    model INTEGER,
    cause INTEGER,
    party INTEGER,
    rule INTEGER,
    type INTEGER,
    file INTEGER,
    line INTEGER,
    function INTEGER,
    replay INTEGER,
    session INTEGER,
    program INTEGER,
    run INTEGER,
    test INTEGER,
    trace INTEGER,
    pid INTEGER,
    simulated INTEGER NOT NULL,
    request_size INTEGER NOT NULL,
    response_size INTEGER NOT NULL,
    duration REAL,
    tokens INTEGER,
    cost REAL
  );
  CREATE VIRTUAL TABLE texts USING fts5(
    heads, request, response,
    content = '', contentless_delete = 1, detail = column, tokenize = 'unicode61 remove_diacritics 0'
  );
  -- Exchanges with numbers up to this one are still to be put into texts.
  CREATE TABLE text_backlog (upto INTEGER NOT NULL);
  INSERT INTO text_backlog SELECT coalesce(max(number), 0) FROM exchanges;
${[
  ...['state', 'api', 'provider', 'method', 'host', 'path', 'model', 'cause', 'party', 'rule'],
  ...['session', 'program', 'run', 'test', 'trace'],
  ...[
    ['type', 'content_type'],
    ['file', 'call_file'],
    ['function', 'call_function'],
    ['replay', 'replay_of'],
  ],
]
  .map((one) => (typeof one === 'string' ? [one, one] : one))
  .map(
    ([kind, column]) =>
      `  INSERT OR IGNORE INTO names (kind, value) SELECT DISTINCT '${kind}', ${column} FROM exchanges WHERE ${column} IS NOT NULL;`,
  )
  .join('\n')}
  INSERT INTO facets SELECT number, started_at, status, ${id('state')}, ${id('api')}, ${id('provider')}, ${id('method')},
    ${id('host')}, ${id('path')}, ${id('model')}, ${id('cause')}, ${id('party')}, ${id('rule')},
    ${id('type', 'content_type')}, ${id('file', 'call_file')}, call_line, ${id('function', 'call_function')},
    ${id('replay', 'replay_of')}, ${id('session')}, ${id('program')}, ${id('run')}, ${id('test')}, ${id('trace')},
    client_pid, simulated, request_size, response_size, duration, tokens, cost FROM exchanges;
  CREATE INDEX facets_api ON facets (api);
  CREATE INDEX facets_status ON facets (status);
  CREATE INDEX facets_cause ON facets (cause) WHERE cause IS NOT NULL;
  CREATE INDEX facets_line ON facets (file, line) WHERE file IS NOT NULL;
  -- What they were for is found by facets.
  DROP INDEX exchanges_status;
  DROP INDEX exchanges_line;
`;

function id(kind: string, column = kind): string {
  return `(SELECT id FROM names WHERE kind = '${kind}' AND value = exchanges.${column})`;
}
