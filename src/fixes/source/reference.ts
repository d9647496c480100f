import type { Source } from './source.ts';
import type { Span } from './statement.ts';
import type { Token } from './tokens.ts';

/** Where a value comes from that is not in the source itself. */
export type Reference =
  /** A variable of the environment, as `.env` files set it. */
  | { readonly kind: 'variable'; readonly name: string }
  /** Something of another module: `from` as it is written, `path` from the module to the value. */
  | { readonly kind: 'module'; readonly from: string; readonly path: readonly string[] };

/** A read of the environment, with the value that is taken where the variable is not set. */
export interface EnvironmentRead {
  readonly name: string;
  readonly otherwise: Token | null;
}

/**
 * The variable that an expression reads: `process.env.MODEL`, `import.meta.env['MODEL']`, `Deno.env.get("MODEL")`,
 * `os.environ["MODEL"]`, `os.getenv("MODEL", "gpt-4o")`, in whatever conversion; null for an expression that reads none.
 */
export function environmentRead({ tokens }: Source, { from, to }: Span): EnvironmentRead | null {
  for (let index = from; index <= to; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'word' || !/^(?:env|environ|getenv)$/.test(token.text)) continue;
    let at = index + 1;
    if (tokens[at]?.text === '?.' || tokens[at]?.text === '.') {
      const member = tokens[at + 1];
      if (tokens[at + 2]?.text === '(') at += 2;
      else if (member?.kind === 'word') return { name: member.text, otherwise: defaultAfter(tokens, at + 1, to) };
    }
    const name = tokens[at]?.text === '[' || tokens[at]?.text === '(' ? tokens[at + 1] : undefined;
    if (name?.kind !== 'string') continue;
    return { name: name.text.slice(1, -1), otherwise: defaultAfter(tokens, at + 1, to) };
  }
  return null;
}

function defaultAfter(tokens: readonly Token[], from: number, to: number): Token | null {
  for (let index = from + 1; index <= to; index += 1) {
    const token = tokens[index];
    const before = tokens[index - 1]?.text ?? '';
    const literal = token?.kind === 'string' || token?.kind === 'number';
    if (literal && (/^(?:\?\?|\|\||or)$/.test(before) || (before === ',' && index === from + 2))) return token;
  }
  return null;
}

/** Names that come from other modules, by what they are called here. */
export function imports(source: Source): ReadonlyMap<string, Extract<Reference, { kind: 'module' }>> {
  const found = new Map<string, Extract<Reference, { kind: 'module' }>>();
  const add = (local: string | undefined, from: string | null, path: readonly string[]): void => {
    if (local !== undefined && from !== null && !found.has(local)) found.set(local, { kind: 'module', from, path });
  };
  const { tokens } = source;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    if (source.syntax === 'python') pythonImport(source, index, add);
    else if (token.text === 'import' || token.text === 'require') scriptImport(source, index, add);
  }
  return found;
}

type Add = (local: string | undefined, from: string | null, path: readonly string[]) => void;

function scriptImport({ tokens, partner }: Source, index: number, add: Add): void {
  const quoted = (at: number): string | null => {
    const token = tokens[at];
    return token?.kind === 'string' ? token.text.slice(1, -1) : null;
  };
  if (tokens[index + 1]?.text === '(') {
    const from = quoted(index + 2);
    const equals = tokens[index - 1]?.text === 'await' ? index - 2 : index - 1;
    const before = tokens[equals - 1];
    if (tokens[equals]?.text !== '=' || before === undefined) return;
    if (before.kind === 'word') add(before.text, from, []);
    else if (before.text === '}') names(tokens, (partner.get(equals - 1) ?? equals) + 1, equals - 1, ':', from, add);
    return;
  }
  let at = index + 1;
  const clauses: (() => void)[] = [];
  let from: string | null = null;
  for (; at < tokens.length && at < index + 200; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.text === ';') break;
    if (token.text === 'from') {
      from = quoted(at + 1);
      break;
    }
    if (token.text === '{') {
      const [start, end] = [at + 1, partner.get(at) ?? at];
      clauses.push(() => names(tokens, start, end, 'as', from, add));
      at = end;
    } else if (token.text === '*' && tokens[at + 1]?.text === 'as') {
      const local = tokens[at + 2]?.text;
      clauses.push(() => add(local, from, []));
      at += 2;
    } else if (token.kind === 'word' && token.text !== 'type') clauses.push(() => add(token.text, from, ['default']));
  }
  for (const clause of clauses) clause();
}

/** `{ a, b as c }`, `{ a, b: c }`: what is between the braces. */
function names(
  tokens: readonly Token[],
  start: number,
  end: number,
  joint: string,
  from: string | null,
  add: Add,
): void {
  for (let at = start; at < end; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'word') continue;
    const renamed = tokens[at + 1]?.text === joint && at + 2 < end;
    add(renamed ? tokens[at + 2]?.text : token.text, from, [token.text]);
    if (renamed) at += 2;
  }
}

function pythonImport({ tokens }: Source, index: number, add: Add): void {
  const word = tokens[index];
  const previous = tokens[index - 1];
  if (word === undefined || (previous?.line === word.line && previous.text !== ';')) return;
  if (word.text !== 'from' && word.text !== 'import') return;
  let at = index + 1;
  let from = '';
  for (
    ;
    tokens[at]?.line === word.line && /^(?:\.|\.\.\.|[\p{L}_][\p{L}\p{N}_]*)$/u.test(tokens[at]?.text ?? '');
    at += 1
  ) {
    if (tokens[at]?.text === 'import' || tokens[at]?.text === 'as') break;
    from += tokens[at]?.text ?? '';
  }
  if (word.text === 'import') {
    add(tokens[at]?.text === 'as' ? tokens[at + 1]?.text : from.split('.')[0], from, []);
    return;
  }
  if (tokens[at]?.text !== 'import') return;
  const opened = tokens[at + 1]?.text === '(';
  for (at += opened ? 2 : 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.text === ')' || (!opened && token.line !== word.line)) return;
    if (token.kind !== 'word') continue;
    const renamed = tokens[at + 1]?.text === 'as';
    add(renamed ? tokens[at + 2]?.text : token.text, from, [token.text]);
    if (renamed) at += 2;
  }
}
