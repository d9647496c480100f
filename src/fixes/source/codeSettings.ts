import { argumentNames, callSpans } from './callSpans.ts';
import { expressionAfter } from './constants.ts';
import { insertMember } from './insertMember.ts';
import { meaningOf, pathMeaning, type Meaning } from './meaning.ts';
import { membersIn, unquoted, type Member } from './members.ts';
import type { Reference } from './reference.ts';
import type { Setting } from './setting.ts';
import type { Source } from './source.ts';
import type { Span } from './statement.ts';
import type { Token } from './tokens.ts';

/** What the code of a call says of a value: where it is written, and where it comes from if that is elsewhere. */
export interface CodeSettings {
  /** Nearest to the call first. */
  readonly settings: readonly Setting[];
  /** Values that count only where none comes from elsewhere, and expressions that cannot be told. */
  readonly fallbacks: readonly Setting[];
  readonly references: readonly Reference[];
}

/** The values that the call at the source's line gives to any of those names. */
export function codeSettings(source: Source, names: ReadonlySet<string>): CodeSettings {
  const settings: Setting[] = [];
  const fallbacks: Setting[] = [];
  const references: Reference[] = [];
  const note = (name: string, meaning: Meaning, expression: Span | null, member: Member | null): void => {
    if (meaning.reference !== null) references.push(meaning.reference);
    if (meaning.literal !== null)
      (meaning.reference === null ? settings : fallbacks).push(literalSetting(source, name, meaning.literal, member));
    else if (expression !== null) fallbacks.push(expressionSetting(source, name, expression, member));
    else if (member !== null) fallbacks.push(shorthandSetting(source, name, member));
  };
  const spans = callSpans(source);
  for (const span of spans) {
    const members = [...membersIn(source, span, names)].sort((a, b) => distance(source, a) - distance(source, b));
    for (const member of members) {
      const meaning =
        member.value === null ? pathMeaning(source, [member.name], member.key) : meaningOf(source, member.value);
      note(member.name, meaning, member.value, member);
    }
  }
  for (const { name, value } of assignments(source, spans, names)) note(name, meaningOf(source, value), value, null);
  return { settings, fallbacks, references };
}

function distance({ tokens, line }: Source, { key }: Member): number {
  return Math.abs((tokens[key]?.line ?? 0) - line);
}

/** `payload["max_tokens"] = …` and `options.model = …`, for what the call is given. */
function assignments(
  source: Source,
  spans: readonly Span[],
  names: ReadonlySet<string>,
): readonly { readonly name: string; readonly value: Span }[] {
  const { tokens } = source;
  const given = new Set(spans.flatMap((span) => argumentNames(source, span)));
  const found: { readonly name: string; readonly value: Span }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word' || !given.has(token.text) || /^\??\.$/.test(tokens[index - 1]?.text ?? '')) continue;
    const subscript = tokens[index + 1]?.text === '[' && tokens[index + 3]?.text === ']';
    const key = tokens[index + 2];
    const equals = index + (subscript ? 4 : 3);
    if ((!subscript && tokens[index + 1]?.text !== '.') || key === undefined || tokens[equals]?.text !== '=') continue;
    const name = subscript ? unquoted(key.text) : key.text;
    if (name !== null && names.has(name)) found.push({ name, value: expressionAfter(source, equals) });
  }
  return found;
}

/** A string or a number as a setting. */
export function literalSetting(source: Source, name: string, token: Token, member: Member | null): Setting {
  const value = token.kind === 'string' ? unquoted(token.text) : null;
  const inner = value === null ? 0 : token.text.length - value.length;
  const closing = /(?:"""|'''|["'`])$/.exec(token.text)?.[0].length ?? 0;
  const start = value === null ? token.start : token.start + inner - closing;
  const end = value === null ? token.end : token.end - closing;
  return {
    ...common(source, name, member, token.line),
    value: value ?? token.text.replaceAll('_', ''),
    start,
    end,
    replace: (newText) => ({ start, end, newText }),
  };
}

/** An expression whose value cannot be told: a number can be put in its place, a string cannot. */
function expressionSetting(source: Source, name: string, { from, to }: Span, member: Member | null): Setting {
  const start = source.tokens[from]?.start ?? 0;
  const end = source.tokens[to]?.end ?? start;
  const line = source.tokens[from]?.line ?? 0;
  return {
    ...common(source, name, member, line),
    value: '',
    start,
    end,
    replace: (newText) => ({ start, end, newText }),
  };
}

/** `{ max_tokens }`, where it is not known what that is: it is written out. */
function shorthandSetting(source: Source, name: string, member: Member): Setting {
  const key = source.tokens[member.key];
  const end = key?.end ?? 0;
  return {
    ...common(source, name, member, key?.line ?? 0),
    value: '',
    start: end,
    end,
    replace: (newText) => ({ start: end, end, newText: `: ${newText}` }),
  };
}

function common(
  source: Source,
  name: string,
  member: Member | null,
  line: number,
): Pick<Setting, 'name' | 'line' | 'within' | 'under' | 'beside' | 'means'> {
  return {
    name,
    line,
    within: member === null ? [] : [member.holder],
    under: null,
    means: null,
    beside: member === null ? null : (sibling, value) => insertMember(source, member, sibling, value),
  };
}
