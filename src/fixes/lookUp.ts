import { expressionAfter } from './source/constants.ts';
import { inside, pathMeaning, type Meaning } from './source/meaning.ts';
import { sourceOf, type Source } from './source/source.ts';

const unknown: Meaning = { literal: null, reference: null };

/** What names lead to in another module, as an importer sees it, or in a JSON file. */
export function lookUp(
  { text, languageId }: { readonly text: string; readonly languageId: string },
  path: readonly string[],
): Meaning {
  const source = sourceOf({ text, languageId, line: 0 });
  if (source === null) return unknown;
  const [first, ...rest] = path;
  const whole = { from: 0, to: source.tokens.length - 1 };
  if (source.syntax === 'json') return inside(source, whole, first === 'default' ? rest : path, 0);
  if (first === 'default') return exportedObject(source, rest);
  const named = pathMeaning(source, path, source.tokens.length);
  return named.literal === null && named.reference === null ? exportedObject(source, path) : named;
}

/** The member of `export default …` or `module.exports = …`, or what `exports.name = …` gives. */
function exportedObject(source: Source, path: readonly string[]): Meaning {
  const { tokens } = source;
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1]?.text;
    if (token.text === 'default' && previous === 'export')
      return inside(source, expressionAfter(source, index), path, 0);
    if (token.text !== 'exports') continue;
    if (previous === '.' && tokens[index + 1]?.text === '=')
      return inside(source, expressionAfter(source, index + 1), path, 0);
    if (tokens[index + 1]?.text === '.' && tokens[index + 2]?.text === path[0] && tokens[index + 3]?.text === '=')
      return inside(source, expressionAfter(source, index + 3), path.slice(1), 0);
  }
  return unknown;
}
