import { lineBreakOf, lineEndAt, type Setting } from './setting.ts';

const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\r\n]*))/gm;

/**
 * The variables of a `.env` file, in order, read as the `dotenv` packages do: `export` may stand before a name, quotes
 * around a value, and a comment behind it (https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow).
 */
export function dotenvSettings(text: string): readonly Setting[] {
  const settings: Setting[] = [];
  const byName = new Map<string, Setting>();
  let line = 0;
  let counted = 0;
  for (const match of text.matchAll(assignment)) {
    const [whole, name = '', double, single, tick, bare] = match;
    for (; counted < match.index; counted += 1) if (text[counted] === '\n') line += 1;
    const quoted = double ?? single ?? tick;
    const value = quoted ?? (bare ?? '').replace(/(?:^|[ \t]+)#.*$/, '').trimEnd();
    if (quoted?.includes('\\') === true || quoted?.includes('\n') === true) continue;
    const start =
      quoted === undefined
        ? match.index + whole.length - (bare ?? '').length
        : match.index + whole.length - 1 - quoted.length;
    const end = start + value.length;
    const other = /^\$(?:\{(\w+)\}|(\w+))$/.exec(value);
    const setting: Setting = {
      name,
      value,
      line,
      within: [0],
      under: null,
      start,
      end,
      replace: (newText) => ({ start, end, newText }),
      beside: (sibling, newValue) => {
        const at = lineEndAt(text, end);
        return { start: at, end: at, newText: `${lineBreakOf(text)}${sibling}=${newValue}` };
      },
      means: other === null ? null : (byName.get(other[1] ?? other[2] ?? '') ?? null),
    };
    settings.push(setting);
    byName.set(name, setting);
  }
  return settings;
}
