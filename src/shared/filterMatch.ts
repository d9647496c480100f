import type { ExchangeSummary } from './exchange.ts';
import {
  foldCase,
  momentAt,
  type Comparison,
  type FilterNode,
  type NameField,
  type NumberField,
  type Possession,
  type TextField,
  type TextTest,
} from './filterNode.ts';

/**
 * Whether a row matches. Null where the row alone does not decide it, because the filter looks into bodies or headers:
 * ask the store again. `now` is in milliseconds since 1970.
 */
export function matchesFilter(node: FilterNode, row: ExchangeSummary, now: number): boolean | null {
  switch (node.kind) {
    case 'all':
      return true;
    case 'and':
      return combine(node.nodes, row, now, false);
    case 'or':
      return combine(node.nodes, row, now, true);
    case 'not': {
      const inner = matchesFilter(node.node, row, now);
      return inner === null ? null : !inner;
    }
    case 'text': {
      const value = textOf(row, node.field);
      return value !== null && matchesText(node.text, value);
    }
    case 'number': {
      const value = numberOf(row, node.field);
      return value !== null && compare(value, node.comparison, node.value);
    }
    case 'time':
      return compare(row.startedAt, node.comparison, momentAt(node.moment, now));
    case 'line':
      return row.callSite !== null && matchesLine(node, row.callSite);
    case 'has':
      return possesses(row, node.what);
    case 'word':
      // It may stand in a header or a body.
      return matchesWord(node.value, row) ? true : null;
    case 'content':
      return null;
  }
}

/** Kleene's and (`decisive` false) and or (`decisive` true): one decisive part outweighs undecided ones. */
function combine(nodes: readonly FilterNode[], row: ExchangeSummary, now: number, decisive: boolean): boolean | null {
  let undecided = false;
  for (const node of nodes) {
    const part = matchesFilter(node, row, now);
    if (part === decisive) return decisive;
    if (part === null) undecided = true;
  }
  return undecided ? null : !decisive;
}

function textOf(row: ExchangeSummary, field: NameField | TextField): string | null {
  switch (field) {
    case 'api':
    case 'provider':
    case 'method':
    case 'state':
    case 'id':
    case 'host':
    case 'path':
    case 'model':
      return row[field];
    case 'cause':
      return row.diagnosis?.cause ?? null;
    case 'party':
      return row.diagnosis?.responsibleParty ?? null;
    case 'rule':
      return row.diagnosis?.rule ?? null;
    case 'replay':
      return row.replayOf;
    case 'type':
      return row.contentType;
    case 'function':
      return row.callSite?.function ?? null;
    case 'session':
    case 'program':
    case 'test':
    case 'run':
    case 'trace':
      return row.origin?.[field] ?? null;
    case 'operation':
    case 'application':
    case 'route':
    case 'cache':
      return row[field] ?? null;
  }
}

function numberOf(row: ExchangeSummary, field: NumberField): number | null {
  switch (field) {
    case 'cost':
      return row.costUsd;
    case 'pid':
      return row.origin?.pid ?? null;
    case 'tokens':
      return row.usage === null ? null : row.usage.inputTokens + row.usage.outputTokens;
    case 'status':
    case 'number':
    case 'duration':
    case 'requestSize':
    case 'responseSize':
      return row[field];
  }
}

function possesses(row: ExchangeSummary, what: Possession): boolean {
  switch (what) {
    case 'finding':
      return row.diagnosis !== null;
    case 'line':
      return row.callSite !== null;
    case 'model':
      return row.model !== null;
    case 'status':
      return row.status !== null;
    case 'replay':
      return row.replayOf !== null;
    case 'simulated':
      return row.simulated;
    case 'body':
      return row.requestSize > 0 || row.responseSize > 0;
    case 'cost':
      return row.costUsd !== null;
  }
}

function compare(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '=':
      return left === right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function matchesText({ test, value }: TextTest, text: string): boolean {
  const folded = foldCase(text);
  const wanted = foldCase(value);
  switch (test) {
    case 'equals':
      return folded === wanted;
    case 'contains':
      return folded.includes(wanted);
    case 'glob':
      return matchesGlob(wanted, folded);
  }
}

/** Piece by piece instead of by a regular expression, whose time a hostile pattern could blow up. */
function matchesGlob(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** A file is named by its whole path or by its last segments; a name that ends in a slash is a folder anywhere in it. */
function matchesLine(wanted: FilterNode & { kind: 'line' }, site: { readonly file: string; readonly line: number }) {
  if (wanted.line !== null && wanted.line !== site.line) return false;
  const file = `/${comparablePath(site.file)}`;
  const part = `/${comparablePath(wanted.file.replace(/^\.[\\/]/, ''))}`;
  return part.endsWith('/') ? file.includes(part) : file.endsWith(part);
}

/** A path with forward slashes, no leading one, and folded case. */
export function comparablePath(path: string): string {
  return foldCase(path).replaceAll('\\', '/').replace(/^\/+/, '');
}

function matchesWord(word: string, row: ExchangeSummary): boolean {
  const wanted = foldCase(word);
  const places = [row.method, row.host, row.path, row.model, row.api, row.diagnosis?.cause];
  if (places.some((place) => typeof place === 'string' && foldCase(place).includes(wanted))) return true;
  return /^[1-5]\d\d$/.test(word) && row.status === Number(word);
}
