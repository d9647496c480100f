/** Fields of a row that hold one of a set of names. */
export type NameField =
  | 'api'
  | 'application'
  | 'provider'
  | 'method'
  | 'state'
  | 'cause'
  | 'party'
  | 'rule'
  | 'id'
  | 'replay'
  | 'run'
  | 'trace'
  | 'route'
  | 'cache';
/** Fields of a row that hold free text. */
export type TextField = 'host' | 'path' | 'model' | 'type' | 'function' | 'operation' | 'session' | 'program' | 'test';
/** Fields of a row that hold a number. `duration` is in milliseconds, sizes are in bytes. */
export type NumberField = 'status' | 'number' | 'duration' | 'requestSize' | 'responseSize' | 'cost' | 'tokens' | 'pid';
/** Parts of an exchange that a row does not hold. */
export type ContentField = 'body' | 'requestBody' | 'responseBody' | 'header';
/** What `has:` can ask for. */
export type Possession = 'finding' | 'line' | 'model' | 'status' | 'replay' | 'simulated' | 'body' | 'cost';

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** `equals` and `contains` ignore the case of ASCII letters; a `glob` is anchored and knows only `*`. */
export type TextTest =
  | { readonly test: 'equals'; readonly value: string }
  | { readonly test: 'contains'; readonly value: string }
  | { readonly test: 'glob'; readonly value: string };

/** A moment, given absolutely or by its distance from now, in milliseconds. */
export type Moment =
  { readonly kind: 'at'; readonly at: number } | { readonly kind: 'ago'; readonly milliseconds: number };

/** A parsed filter. A test on something that a row lacks is false, and its negation true. */
export type FilterNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | { readonly kind: 'text'; readonly field: NameField | TextField; readonly text: TextTest }
  | { readonly kind: 'number'; readonly field: NumberField; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'time'; readonly comparison: '<' | '>='; readonly moment: Moment }
  | { readonly kind: 'line'; readonly file: string; readonly line: number | null }
  | { readonly kind: 'has'; readonly what: Possession }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'content'; readonly field: ContentField; readonly value: string };

/** The moment in milliseconds since 1970. */
export function momentAt(moment: Moment, now: number): number {
  return moment.kind === 'at' ? moment.at : now - moment.milliseconds;
}

/** Whether a filter asks for something that only the store can answer, so that rows alone do not decide it. */
export function needsStore(node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.some(needsStore);
    case 'not':
      return needsStore(node.node);
    case 'content':
    case 'word':
      return true;
    case 'all':
    case 'text':
    case 'number':
    case 'time':
    case 'line':
    case 'has':
      return false;
  }
}

/** Lowers ASCII letters only, as SQLite does, so that rows match alike in the store and in a view. */
export function foldCase(value: string): string {
  return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
