import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Exchange, HeaderList } from '../../shared/exchange.ts';
import { bodyKey } from './bodyRow.ts';
import { toExchange } from './exchangeRow.ts';
import type { Saving } from './store.ts';

/** Bytes of each body that can be searched. */
export const searchedBytes = 131_072;
/** Exchanges of earlier versions that are indexed at one go. */
const slice = 100;

/** Keeps the full-text index over heads and bodies. */
export interface TextIndex {
  /** Within the transaction that saves an exchange that has ended; `isNew` where it has that number only now. */
  put(number: number, saving: Saving, isNew: boolean): void;
  /** Indexes some of what an earlier version stored. @returns whether there is more. */
  catchUp(): boolean;
}

export function createTextIndex(database: DatabaseSync): TextIndex {
  const insert = database.prepare('INSERT INTO texts (rowid, heads, request, response) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM texts WHERE rowid = ?');
  const backlog = database.prepare('SELECT upto FROM text_backlog');
  const shorten = database.prepare('UPDATE text_backlog SET upto = ?');
  const older = database.prepare(
    `SELECT * FROM exchanges WHERE number <= ? AND state <> 'open' ORDER BY number DESC LIMIT ${slice}`,
  );
  const body = database.prepare(
    `SELECT CAST(substr(bytes, 1, ${searchedBytes}) AS TEXT) AS text FROM bodies WHERE key = ?`,
  );
  const storedText = (number: number, side: 'request' | 'response'): SQLInputValue =>
    body.get(bodyKey(number, side))?.text ?? '';

  return {
    put: (number, { exchange, request, response }, isNew) => {
      if (!isNew) remove.run(number);
      insert.run(number, headsOf(exchange), beginning(request?.content.text), beginning(response?.content.text));
    },
    catchUp: () => {
      const upto = Number(backlog.get()?.upto ?? 0);
      if (upto <= 0) return false;
      const rows = older.all(upto).map(toExchange);
      for (const exchange of rows) {
        const { number } = exchange;
        remove.run(number);
        insert.run(number, headsOf(exchange), storedText(number, 'request'), storedText(number, 'response'));
      }
      const last = rows.at(-1);
      shorten.run(last === undefined || rows.length < slice ? 0 : last.number - 1);
      return rows.length === slice;
    },
  };
}

function beginning(text: string | null | undefined): string {
  return text == null ? '' : text.slice(0, searchedBytes);
}

function headsOf(exchange: Exchange): string {
  const { request, response, callSite, diagnosis, failure } = exchange;
  const lines = (headers: HeaderList): string => headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return [
    `${exchange.method} ${exchange.host} ${exchange.path} ${exchange.api ?? ''} ${exchange.model ?? ''}`,
    `${diagnosis?.cause ?? ''} ${callSite?.file ?? ''} ${callSite?.function ?? ''} ${failure?.code ?? ''}`,
    lines(request.headers),
    ...(response === null ? [] : [lines(response.headers), lines(response.trailers)]),
  ].join('\n');
}

/** Scripts without blanks between words, of which the index knows whole sentences only. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * What to ask the index for a text: words that it has, the last perhaps only begun. `exact` where that is all the text
 * says; otherwise what is found has to be looked at again. `isSlow` where each question costs the same, however few
 * rows it is about. Null for a text of which the index knows nothing.
 */
export function toMatch(
  database: DatabaseSync,
  value: string,
  columns: readonly ('heads' | 'request' | 'response')[],
): { readonly match: string; readonly exact: boolean; readonly isSlow: boolean } | null {
  const words = value.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];
  if (words.length === 0 || unspaced.test(value)) return null;
  const [last = '', ...others] = words.reverse();
  const begun = wordsBegunBy(database, last);
  const endings = begun === null ? `"${last}"*` : `(${begun.map((word) => `"${word}"`).join(' OR ')})`;
  return {
    match: `{${columns.join(' ')}} : (${[...others.map((word) => `"${word}"`), endings].join(' AND ')})`,
    exact: others.length === 0 && last === value,
    isSlow: begun === null,
  };
}

/** Words that a question names; where more begin so, the index has to put their rows together for every question. */
const mostWords = 40;

/** Milliseconds for which an answer holds: pages and counts of one filter ask the same. */
const holds = 10_000;
const answers = new WeakMap<
  DatabaseSync,
  Map<string, { readonly at: number; readonly words: readonly string[] | null }>
>();

/** The words of the index that begin so, by which rows are found as one goes; null where they are too many. */
function wordsBegunBy(database: DatabaseSync, word: string): readonly string[] | null {
  const from = word.toLowerCase();
  const known =
    answers.get(database) ?? new Map<string, { readonly at: number; readonly words: readonly string[] | null }>();
  answers.set(database, known);
  const before = known.get(from);
  if (before !== undefined && Date.now() - before.at < holds) return before.words;
  database.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.text_words USING fts5vocab('main', 'texts', 'row')");
  const found = database
    .prepare(`SELECT term FROM temp.text_words WHERE term >= ? AND term < ? LIMIT ${mostWords + 1}`)
    .all(from, `${from}\u{10ffff}`);
  const words = found.length > mostWords ? null : [word, ...found.map(({ term }) => String(term).replaceAll('"', ''))];
  if (known.size > 50) known.clear();
  known.set(from, { at: Date.now(), words });
  return words;
}
