import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
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
import type { NameKind } from './facetWriter.ts';
import { toMatch } from './textIndex.ts';

/**
 * A condition for `WHERE` over `facets`; values go in as parameters only. `:from` and `:to` stand for the numbers
 * between which it is asked, the first included, the last not.
 */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
  /** True where every question costs much, so that few should be asked. */
  readonly isSlow?: boolean;
}

/** Ids that are written into a condition; more of them are left to a query of their own. */
const mostIds = 400;

const never: SqlCondition = { sql: 'FALSE', parameters: [] };

/**
 * The same as `matchesFilter`, for SQLite, bodies and headers included. A test on a missing value is NULL in SQL, which
 * `and` and `or` treat as false in the end; `not` makes it so first.
 */
export function filterToSql(database: DatabaseSync, node: FilterNode, now: number): SqlCondition {
  switch (node.kind) {
    case 'all':
      return { sql: 'TRUE', parameters: [] };
    case 'and':
    case 'or':
      return join(
        node.nodes.map((part) => filterToSql(database, part, now)),
        node.kind === 'and' ? 'AND' : 'OR',
      );
    case 'not': {
      const { sql, ...rest } = filterToSql(database, node.node, now);
      return { ...rest, sql: `NOT coalesce(${sql}, FALSE)` };
    }
    case 'text':
      return textCondition(database, node.field, node.text);
    case 'number':
      return { sql: `${numberColumns[node.field]} ${node.comparison} ?`, parameters: [node.value] };
    case 'time':
      return { sql: `started_at ${node.comparison} ?`, parameters: [momentAt(node.moment, now)] };
    case 'line':
      return lineCondition(database, node);
    case 'has':
      return { sql: possessions[node.what], parameters: [] };
    case 'word':
      return wordCondition(database, node.value);
    case 'content':
      return contentCondition(database, node.field, node.value);
  }
}

const numberColumns: Readonly<Record<NumberField, string>> = {
  status: 'status',
  number: 'number',
  duration: 'duration',
  requestSize: 'request_size',
  responseSize: 'response_size',
  cost: 'cost',
  tokens: 'tokens',
  pid: 'pid',
};

const possessions: Readonly<Record<Possession, string>> = {
  finding: 'cause IS NOT NULL',
  line: 'line IS NOT NULL',
  model: 'model IS NOT NULL',
  status: 'status IS NOT NULL',
  replay: 'replay IS NOT NULL',
  simulated: 'simulated = 1',
  body: '(request_size > 0 OR response_size > 0)',
  cost: 'cost IS NOT NULL',
};

function textCondition(database: DatabaseSync, field: NameField | TextField, test: TextTest): SqlCondition {
  if (field !== 'id') return named(database, field, onText('value', test));
  const { sql, parameters } = test.test === 'equals' ? { sql: 'id = ?', parameters: [test.value] } : onText('id', test);
  return { sql: `number IN (SELECT number FROM exchanges WHERE ${sql})`, parameters };
}

/** Names are few, rows are many: which names are meant is found out first. */
function named(database: DatabaseSync, kind: NameKind, { sql, parameters }: SqlCondition): SqlCondition {
  const select = `SELECT id FROM names WHERE kind = '${kind}' AND ${sql}`;
  const ids = database.prepare(`${select} LIMIT ${mostIds + 1}`).all(...parameters);
  if (ids.length === 0) return { sql: `(${kind} IS NULL AND NULL)`, parameters: [] };
  if (ids.length > mostIds) return { sql: `${kind} IN (${select})`, parameters };
  const list = ids.map(({ id }) => String(id)).join(', ');
  return { sql: ids.length === 1 ? `${kind} = ${list}` : `${kind} IN (${list})`, parameters: [] };
}

function onText(column: string, { test, value }: TextTest): SqlCondition {
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

function lineCondition(database: DatabaseSync, { file, line }: FilterNode & { kind: 'line' }): SqlCondition {
  const stored = `('/' || ltrim(replace(lower(value), '\\', '/'), '/'))`;
  const part = `/${comparablePath(file.replace(/^\.[\\/]/, ''))}`;
  const inFile: SqlCondition = part.endsWith('/')
    ? { sql: `instr(${stored}, ?) > 0`, parameters: [part] }
    : { sql: `substr(${stored}, -length(?)) = ?`, parameters: [part, part] };
  const files = named(database, 'file', inFile);
  return line === null ? files : { sql: `(${files.sql} AND line = ?)`, parameters: [...files.parameters, line] };
}

function wordCondition(database: DatabaseSync, word: string): SqlCondition {
  const kinds = ['method', 'host', 'path', 'model', 'api', 'cause'] as const;
  const parts = kinds.map((kind) => named(database, kind, contains('value', word)));
  const known = parts.filter(({ sql }) => !sql.includes('IS NULL AND'));
  if (/^[1-5]\d\d$/.test(word)) known.push({ sql: 'status = ?', parameters: [Number(word)] });
  const asked = toMatch(database, word, ['heads', 'request', 'response']);
  if (asked !== null)
    known.push(
      asked.exact
        ? inTexts(asked)
        : join([inTexts(asked), join([inBodies('body', word), inHeaders(word)], 'OR')], 'AND'),
    );
  return known.length === 0 ? never : join(known, 'OR');
}

function contentCondition(database: DatabaseSync, field: ContentField, value: string): SqlCondition {
  const columns = (
    { header: ['heads'], body: ['request', 'response'], requestBody: ['request'], responseBody: ['response'] } as const
  )[field];
  const asked = toMatch(database, value, columns);
  const whole = field === 'header' ? inHeaders(value) : inBodies(field, value);
  if (asked === null) return whole;
  return asked.exact && field !== 'header' ? inTexts(asked) : join([inTexts(asked), whole], 'AND');
}

function inTexts({ match, isSlow }: { readonly match: string; readonly isSlow: boolean }): SqlCondition {
  return {
    sql: 'number IN (SELECT rowid FROM texts WHERE texts MATCH ? AND rowid >= :from AND rowid < :to)',
    parameters: [match],
    isSlow,
  };
}

function inHeaders(value: string): SqlCondition {
  const lists = ['$.request.headers', '$.response.headers', '$.response.trailers'];
  const one = contains("json_extract(field.value, '$[0]') || ': ' || json_extract(field.value, '$[1]')", value);
  const exists = lists.map((list) => `EXISTS (SELECT 1 FROM json_each(detail, '${list}') AS field WHERE ${one.sql})`);
  return {
    sql: `EXISTS (SELECT 1 FROM exchanges WHERE exchanges.number = facets.number AND (${exists.join(' OR ')}))`,
    parameters: lists.flatMap(() => one.parameters),
  };
}

function inBodies(field: Exclude<ContentField, 'header'>, value: string): SqlCondition {
  const keys = {
    body: '(facets.number * 2, facets.number * 2 + 1)',
    requestBody: '(facets.number * 2)',
    responseBody: '(facets.number * 2 + 1)',
  }[field];
  const found = contains('CAST(bytes AS TEXT)', value);
  return { sql: `EXISTS (SELECT 1 FROM bodies WHERE key IN ${keys} AND ${found.sql})`, parameters: found.parameters };
}

function join(parts: readonly SqlCondition[], by: 'AND' | 'OR'): SqlCondition {
  return {
    sql: `(${parts.map(({ sql }) => sql).join(` ${by} `)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
    isSlow: parts.some(({ isSlow }) => isSlow === true),
  };
}

/** Values for `:from` and `:to`: as integers, since the full-text index takes no notice of others. */
export function bounds(from: number, to: number): Readonly<Record<':from' | ':to', bigint>> {
  return { ':from': BigInt(from), ':to': BigInt(to) };
}
