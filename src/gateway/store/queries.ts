import type { DatabaseSync } from 'node:sqlite';
import type { CallHistory } from '../../shared/callHistory.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { BodyInfo, Exchange, ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import { parseFilter } from '../../shared/filter.ts';
import type {
  BodyContent,
  BodyFile,
  ExchangePage,
  ExchangeQuery,
  GroupQuery,
  LogGroup,
  Side,
  Spending,
  SpendingQuery,
} from '../../shared/protocol.ts';
import { plain } from '../../shared/text.ts';
import { createBodyFileQueries, readBodyFile } from '../bodyFiles/bodyFileQueries.ts';
import { bodyKey, bodyTable } from './bodyRow.ts';
import type { BodySide } from './eventBatch.ts';
import type { TrendQuery, Trends } from '../../shared/trends.ts';
import { callHistory } from './callHistory.ts';
import { summaryColumns, toExchange, toSummary } from './exchangeRow.ts';
import { bounds, filterToSql, type SqlCondition } from './facetSql.ts';
import { createFinder, patience, type Counted } from './find.ts';
import { createGroups } from './groups.ts';
import { createSpending } from './spending.ts';
import { createTrends } from './trends.ts';

/** Rows in one page at most. */
const maxLimit = 1000;
/** Milliseconds that counting has in any case. */
const leastPatience = 8;

/** What can be asked of a store, by the recording thread and by the command line alike. */
export interface Queries {
  /** Fails with `bad_filter` and the reason. */
  exchanges(query: ExchangeQuery): ExchangePage;
  /** Fails with `bad_filter`. */
  groups(query: GroupQuery): readonly LogGroup[];
  exchange(id: ExchangeId): Exchange | null;
  body(id: ExchangeId, side: BodySide): BodyContent | null;
  /** The file that holds a body longer than what its row does; null where there is none. */
  bodyFile(id: ExchangeId, side: Side): BodyFile | null;
  openFindings(): readonly ExchangeSummary[];
  history(id: ExchangeId): CallHistory | null;
  totals(): readonly { readonly api: string; readonly calls: number; readonly newest: ExchangeSummary }[];
  spending(query: SpendingQuery): readonly Spending[];
  /** Fails with `bad_trend_query`. */
  trends(query: TrendQuery): Trends;
  /** Every matching exchange, oldest first, read as one goes. Fails with `bad_filter`. */
  matching(filter: string): Iterable<Exchange>;
}

export function createQueries(database: DatabaseSync): Queries {
  const byId = database.prepare('SELECT * FROM exchanges WHERE id = ?');
  const bodyByKey = {
    bodies: database.prepare('SELECT bytes, decode_error FROM bodies WHERE key = ?'),
    client_bodies: database.prepare('SELECT bytes, decode_error FROM client_bodies WHERE key = ?'),
  };
  const findings = database.prepare(`
    WITH places AS (SELECT DISTINCT place FROM exchanges WHERE cause IS NOT NULL AND place IS NOT NULL)
    SELECT ${summaryColumns} FROM places CROSS JOIN exchanges ON number =
      (SELECT max(other.number) FROM exchanges AS other WHERE other.place = places.place)
    WHERE cause IS NOT NULL ORDER BY number`);
  const totals = database.prepare(`
    WITH apis AS (SELECT api AS name, count(*) AS calls, max(number) AS newest
      FROM exchanges WHERE api IS NOT NULL GROUP BY api)
    SELECT ${summaryColumns}, calls FROM apis JOIN exchanges ON number = newest ORDER BY api`);
  const finder = createFinder(database);
  const byNumbers = database.prepare(
    `SELECT ${summaryColumns} FROM exchanges WHERE number IN (SELECT value FROM json_each(?))`,
  );
  const condition = (filter: string): SqlCondition => conditionOf(database, filter);
  const rowsOf = (numbers: readonly number[]): readonly ExchangeSummary[] => {
    const rows = new Map(byNumbers.all(JSON.stringify(numbers)).map((row) => [Number(row.number), toSummary(row)]));
    return numbers.flatMap((number) => rows.get(number) ?? []);
  };
  const files = createBodyFileQueries(database);
  const withFiles = (found: Exchange): Exchange => {
    const [request, response] = [files.find(found.number, 'request'), files.find(found.number, 'response')];
    if (request === null && response === null) return found;
    return {
      ...found,
      request: { ...found.request, body: withFile(found.request.body, request) },
      response: found.response && { ...found.response, body: withFile(found.response.body, response) },
    };
  };
  const exchange = (id: ExchangeId): Exchange | null => {
    const row = byId.get(id);
    return row === undefined ? null : withFiles(toExchange(row));
  };

  return {
    exchanges: ({ filter, before, offset = 0, limit, sort, total }) => {
      const asked = condition(filter);
      if (limit === 0) return { rows: [], ...counted(finder.count(asked, before ?? null)) };
      const wanted = Math.min(Math.max(1, Math.trunc(limit)), maxLimit);
      const skipped = Math.max(0, Math.trunc(offset));
      if (sort !== undefined && !(sort.by === 'number' && sort.descending)) {
        const rows = rowsOf(finder.sorted(asked, sort, skipped, wanted));
        return { rows, ...(total === false ? { total: rows.length } : counted(finder.count(asked, null))) };
      }
      const begun = performance.now();
      const { numbers, below } = finder.find(asked, before ?? null, skipped, wanted);
      const rows = rowsOf(numbers);
      // A first page that is not full holds all there is, so that most filters are run once only.
      const whole = before === undefined && skipped === 0 && rows.length < wanted;
      if (total === false || whole) return { rows, ...counted({ total: rows.length, below }) };
      // What it took to find them is not taken again to count them: whoever asks counts on.
      const left = Math.max(leastPatience, patience - (performance.now() - begun));
      return { rows, ...counted(finder.count(asked, null, left)) };
    },
    groups: createGroups(database, condition),
    exchange,
    body: (id, side) => {
      const found = exchange(id);
      const info = found === null ? undefined : bodyInfoOf(found, side);
      if (found === null || info === undefined) return null;
      const file = side === 'request' || side === 'response' ? files.find(found.number, side) : null;
      const whole = file === null ? null : readBodyFile(file);
      const row = bodyByKey[bodyTable(side)].get(bodyKey(found.number, side));
      return {
        bytes: whole ?? (row?.bytes as Uint8Array | undefined) ?? new Uint8Array(0),
        truncated: info.truncated || (file !== null && whole === null),
        size: info.size,
        contentType: info.contentType,
        decodeError: (row?.decode_error as string | null | undefined) ?? null,
      };
    },
    bodyFile: (id, side) => {
      const found = exchange(id);
      return found === null ? null : files.find(found.number, side);
    },
    history: (id) => {
      const found = exchange(id);
      return found === null ? null : callHistory(database, found);
    },
    openFindings: () => findings.all().map(toSummary),
    totals: () =>
      totals.all().map((row) => ({ api: row.api as string, calls: row.calls as number, newest: toSummary(row) })),
    spending: createSpending(database),
    trends: createTrends(database),
    matching: function* (filter) {
      const { sql, parameters } = condition(filter);
      const next = database.prepare(
        `SELECT * FROM exchanges WHERE number IN
          (SELECT number FROM facets WHERE number >= :from AND number < :to AND ${sql} ORDER BY number LIMIT 50)
         ORDER BY number`,
      );
      for (let from = 0; ;) {
        const rows = next.all(bounds(from, Number.MAX_SAFE_INTEGER), ...parameters).map(toExchange);
        yield* rows;
        const last = rows.at(-1);
        if (last === undefined) return;
        from = last.number + 1;
      }
    },
  };
}

/** `truncated` says whether anything is missing even there. */
function withFile(info: BodyInfo, file: BodyFile | null): BodyInfo {
  return file === null ? info : { ...info, onDisk: file.size, truncated: !file.whole };
}

function bodyInfoOf({ request, response, stages }: Exchange, side: BodySide): BodyInfo | undefined {
  switch (side) {
    case 'request':
      return request.body;
    case 'response':
      return response?.body;
    case 'clientRequest':
      return stages?.request.body;
    case 'clientResponse':
      return stages?.response?.body;
  }
}

function counted({ total, below }: Counted): Pick<ExchangePage, 'total' | 'uncounted'> {
  return below === 0 ? { total } : { total, uncounted: below };
}

function conditionOf(database: DatabaseSync, filter: string): SqlCondition {
  const parsed = parseFilter(filter);
  if (!parsed.ok)
    throw new ChannelError('bad_filter', `${plain(parsed.message)} (At character ${parsed.position + 1}.)`);
  return filterToSql(database, parsed.node, Date.now());
}
