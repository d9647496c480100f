import type { SQLInputValue } from 'node:sqlite';
import {
  foldCase,
  momentAt,
  type ContentField,
  type FilterNode,
  type NameField,
  type NumberField,
  type Possession,
  type TextField,
  type TextTest,
} from '../../shared/filterNode.ts';
import { comparablePath } from '../../shared/filterMatch.ts';

/** A condition for `WHERE` over `exchanges`; values go in as parameters only. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/**
 * The same as `matchesFilter`, for SQLite, bodies and headers included. A test on a missing value is NULL in SQL, which
 * `and` and `or` treat as false in the end; `not` makes it so first.
 */
export function filterToSql(node: FilterNode, now: number): SqlCondition {
  switch (node.kind) {
    case 'all':
      return { sql: 'TRUE', parameters: [] };
    case 'and':
    case 'or': {
      const parts = node.nodes.map((part) => filterToSql(part, now));
      return {
        sql: `(${parts.map(({ sql }) => sql).join(` ${node.kind.toUpperCase()} `)})`,
        parameters: parts.flatMap(({ parameters }) => parameters),
      };
    }
    case 'not': {
      const { sql, parameters } = filterToSql(node.node, now);
      return { sql: `NOT coalesce(${sql}, FALSE)`, parameters };
    }
    case 'text':
      return textCondition(textColumns[node.field], node.text);
    case 'number':
      return { sql: `${numberColumns[node.field]} ${node.comparison} ?`, parameters: [node.value] };
    case 'time':
      return { sql: `started_at ${node.comparison} ?`, parameters: [momentAt(node.moment, now)] };
    case 'line':
      return lineCondition(node);
    case 'has':
      return { sql: possessions[node.what], parameters: [] };
    case 'word':
      return wordCondition(node.value);
    case 'content':
      return contentCondition(node.field, node.value);
  }
}

const textColumns: Readonly<Record<NameField | TextField, string>> = {
  api: 'api',
  provider: 'provider',
  method: 'method',
  state: 'state',
  cause: 'cause',
  party: 'party',
  rule: 'rule',
  id: 'id',
  replay: 'replay_of',
  host: 'host',
  path: 'path',
  model: 'model',
  type: 'content_type',
  function: 'call_function',
  session: 'session',
  program: 'program',
  test: 'test',
  run: 'run',
  trace: 'trace',
};

const numberColumns: Readonly<Record<NumberField, string>> = {
  status: 'status',
  number: 'number',
  duration: 'duration',
  requestSize: 'request_size',
  responseSize: 'response_size',
  cost: 'cost',
  tokens: 'tokens',
  pid: 'client_pid',
};

const possessions: Readonly<Record<Possession, string>> = {
  finding: 'cause IS NOT NULL',
  line: 'call_line IS NOT NULL',
  model: 'model IS NOT NULL',
  status: 'status IS NOT NULL',
  replay: 'replay_of IS NOT NULL',
  simulated: 'simulated = 1',
  body: '(request_size > 0 OR response_size > 0)',
  cost: 'cost IS NOT NULL',
};

function textCondition(column: string, { test, value }: TextTest): SqlCondition {
  switch (test) {
    case 'equals':
      return { sql: `${column} = ? COLLATE NOCASE`, parameters: [value] };
    case 'contains':
      return contains(column, value);
    case 'glob': {
      const pattern = value.replace(/[\\%_]/g, '\\$&').replace(/\*+/g, '%');
      return { sql: `${column} LIKE ? ESCAPE '\\'`, parameters: [pattern] };
    }
  }
}

/** `instr` needs no escaping, and unlike `LIKE` it does not end at a NUL character. */
function contains(expression: string, value: string): SqlCondition {
  return { sql: `instr(lower(${expression}), ?) > 0`, parameters: [foldCase(value)] };
}

function lineCondition({ file, line }: FilterNode & { kind: 'line' }): SqlCondition {
  const stored = `('/' || ltrim(replace(lower(call_file), '\\', '/'), '/'))`;
  const part = `/${comparablePath(file.replace(/^\.[\\/]/, ''))}`;
  const inFile: SqlCondition = part.endsWith('/')
    ? { sql: `instr(${stored}, ?) > 0`, parameters: [part] }
    : { sql: `substr(${stored}, -length(?)) = ?`, parameters: [part, part] };
  return line === null
    ? inFile
    : { sql: `(call_line = ? AND ${inFile.sql})`, parameters: [line, ...inFile.parameters] };
}

function wordCondition(word: string): SqlCondition {
  const parts = ['method', 'host', 'path', 'model', 'api', 'cause'].map((column) => contains(column, word));
  if (/^[1-5]\d\d$/.test(word)) parts.push({ sql: 'status = ?', parameters: [Number(word)] });
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function contentCondition(field: ContentField, value: string): SqlCondition {
  if (field === 'header') {
    const lists = ['$.request.headers', '$.response.headers', '$.response.trailers'];
    const one = contains("json_extract(field.value, '$[0]') || ': ' || json_extract(field.value, '$[1]')", value);
    const exists = lists.map((list) => `EXISTS (SELECT 1 FROM json_each(detail, '${list}') AS field WHERE ${one.sql})`);
    return { sql: `(${exists.join(' OR ')})`, parameters: lists.flatMap(() => one.parameters) };
  }
  const keys = {
    body: '(number * 2, number * 2 + 1)',
    requestBody: '(number * 2)',
    responseBody: '(number * 2 + 1)',
  }[field];
  const found = contains('CAST(bytes AS TEXT)', value);
  return { sql: `EXISTS (SELECT 1 FROM bodies WHERE key IN ${keys} AND ${found.sql})`, parameters: found.parameters };
}
