import { filterFields } from '../../src/shared/filterFields.ts';
import { plain } from '../../src/shared/text.ts';

/** Something that could stand where the caret is. */
export interface Suggestion {
  readonly label: string;
  readonly help: string;
  /** The filter once it is taken, and where the caret is then. */
  readonly text: string;
  readonly caret: number;
}

const most = 9;

/** What could complete the word at the caret: fields, and values of a field. `known` are values seen in the log. */
export function suggestions(
  text: string,
  caret: number,
  known: Readonly<Record<string, readonly string[]>>,
): readonly Suggestion[] {
  const word = /[^\s()]*$/.exec(text.slice(0, caret))?.[0] ?? '';
  const from = caret - word.length;
  const bare = word.replace(/^-/, '');
  const sign = word.slice(0, word.length - bare.length);
  const after = text.slice(caret);
  if (/^[^\s)]/.test(after)) return [];
  const take = (label: string, help: string, insert: string): Suggestion => ({
    label,
    help,
    text: text.slice(0, from) + sign + insert + after,
    caret: from + sign.length + insert.length,
  });

  const split = /^([\w.]+)(:|=)(.*)$/.exec(bare);
  if (split !== null) {
    const [, name = '', , typed = ''] = split;
    const found = filterFields.find((field) => field.name === name || field.aliases.includes(name));
    if (found === undefined) return [];
    return [...new Set([...(known[found.name] ?? []), ...found.values])]
      .filter((value) => value.startsWith(typed.toLowerCase()) && value !== typed)
      .slice(0, most)
      .map((value) => take(value, plain(found.help), `${name}:${value} `));
  }
  return filterFields
    .filter(
      ({ name }) =>
        name.startsWith(bare.toLowerCase()) && (bare !== '' || text.trim() === '' || /\s$/.test(text.slice(0, caret))),
    )
    .slice(0, most)
    .map(({ name, help, reads }) => take(name, plain(help), `${name}${reads.as === 'content' ? '~' : ':'}`));
}
