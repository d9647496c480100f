import { filterField, filterFields, possessions } from './filterFields.ts';
import type { Comparison, FilterNode, Moment, NumberField, TextTest } from './filterNode.ts';
import type { FilterError, FilterToken } from './filterTokens.ts';
import { text, type Text } from './text.ts';

type Term = FilterToken & { kind: 'term' };
type Read = { readonly ok: true; readonly node: FilterNode } | FilterError;

/** Reads one `field:value`. */
export function readTerm(term: Term): Read {
  const field = filterField(term.field);
  if (field === undefined) {
    const known = filterFields.map(({ name }) => name).join(', ');
    const message = text('There is no field "{0}". Known: {1}. To search for it as text, quote it.', term.field, known);
    return { ok: false, message, position: term.position };
  }
  if (term.operator === '!=') {
    const equal = readTerm({ ...term, operator: '=' });
    return equal.ok ? { ok: true, node: { kind: 'not', node: equal.node } } : equal;
  }
  const { reads } = field;
  switch (reads.as) {
    case 'number':
      return readNumber(term, reads.field, reads.unit);
    case 'name':
    case 'text': {
      if (isOrder(term.operator)) return wrongOperator(term, text('"{0}" is text: use :, =, != or ~.', field.name));
      return { ok: true, node: { kind: 'text', field: reads.field, text: readText(term, reads.as) } };
    }
    case 'content':
      if (isOrder(term.operator)) return wrongOperator(term, text('"{0}" is text: use : or ~.', field.name));
      if (term.value === '') return wrongValue(term, text('Say which text to look for.'));
      return { ok: true, node: { kind: 'content', field: reads.field, value: term.value } };
    case 'line':
      if (isOrder(term.operator)) return wrongOperator(term, text('Write line:src/app.ts:12, or file:app.ts.'));
      return readLine(term);
    case 'since':
    case 'until': {
      if (isOrder(term.operator)) return wrongOperator(term, text('Write "{0}:1h".', field.name));
      const moment = readMoment(term.value);
      if (moment === null)
        return wrongValue(term, text('"{0}" is neither a time span (30s, 15m, 1h, 2d) nor a date.', term.value));
      return { ok: true, node: { kind: 'time', comparison: reads.as === 'since' ? '>=' : '<', moment } };
    }
    case 'has': {
      const what = possessions[term.value.toLowerCase()];
      if (what === undefined || isOrder(term.operator))
        return wrongValue(term, text('A call can have: {0}.', Object.keys(possessions).join(', ')));
      return { ok: true, node: { kind: 'has', what } };
    }
  }
}

function isOrder(operator: Term['operator']): boolean {
  return operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
}

const wrongOperator = (term: Term, message: Text): FilterError => ({ ok: false, message, position: term.position });
const wrongValue = (term: Term, message: Text): FilterError => ({ ok: false, message, position: term.valuePosition });

function readText(term: Term, as: 'name' | 'text'): TextTest {
  if (!term.quoted && term.value.includes('*') && term.operator !== '~') return { test: 'glob', value: term.value };
  const contains = term.operator === '~' || (term.operator === ':' && as === 'text');
  return { test: contains ? 'contains' : 'equals', value: term.value };
}

const units = {
  none: { '': 1 },
  time: { '': 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 },
  bytes: { '': 1, b: 1, k: 1024, kb: 1024, m: 1024 ** 2, mb: 1024 ** 2, g: 1024 ** 3, gb: 1024 ** 3 },
} as const satisfies Record<string, Readonly<Record<string, number>>>;

function readNumber(term: Term, field: NumberField, unit: keyof typeof units): Read {
  const compare = (comparison: Comparison, value: number): FilterNode => ({ kind: 'number', field, comparison, value });
  const between = (low: FilterNode, high: FilterNode): Read => ({
    ok: true,
    node: { kind: 'and', nodes: [low, high] },
  });
  const equality = !isOrder(term.operator);

  const family = /^([1-5])xx$/i.exec(term.value);
  if (field === 'status' && equality && family !== null) {
    const low = Number(family[1]) * 100;
    return between(compare('>=', low), compare('<', low + 100));
  }
  const [, from, to] = /^(.+)\.\.(.+)$/.exec(term.value) ?? [];
  if (equality && from !== undefined && to !== undefined) {
    const [low, high] = [quantity(from, units[unit]), quantity(to, units[unit])];
    if (low !== null && high !== null) return between(compare('>=', low), compare('<=', high));
  }
  const value = quantity(term.value, units[unit]);
  if (value === null) {
    const example = { none: '402', time: '250ms, 2s', bytes: '500, 10kb, 1mb' }[unit];
    return wrongValue(term, text('"{0}" is not a number here. Examples: {1}.', term.value, example));
  }
  return { ok: true, node: compare(equality ? '=' : (term.operator as Comparison), value) };
}

function quantity(source: string, factors: Readonly<Record<string, number>>): number | null {
  const [, digits, unit = ''] = /^(\d{1,15}(?:\.\d{1,9})?)([a-z]*)$/i.exec(source) ?? [];
  const factor = Object.hasOwn(factors, unit.toLowerCase()) ? factors[unit.toLowerCase()] : undefined;
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
}

function readLine(term: Term): Read {
  const [, file = '', line] = /^(.*?)(?::(\d{1,9}))?(?::\d{1,9})?$/s.exec(term.value) ?? [];
  if (file === '') return wrongValue(term, text('Name a file, and a line if you like: src/app.ts:12.'));
  return { ok: true, node: { kind: 'line', file, line: line === undefined ? null : Number(line) } };
}

const spans: Readonly<Record<string, number>> = { ...units.time, d: 86_400_000, w: 604_800_000 };

function readMoment(source: string): Moment | null {
  const span = quantity(source, spans);
  // A bare number would be read as milliseconds by some and as a year by others.
  if (span !== null && !/^\d+$/.test(source)) return { kind: 'ago', milliseconds: span };
  // A date alone means local midnight, as a person would; the language would take UTC.
  const date = /^\d{4}-\d{2}-\d{2}$/.test(source) ? `${source}T00:00:00` : source;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(date)) return null;
  const at = Date.parse(date);
  return Number.isNaN(at) ? null : { kind: 'at', at };
}
