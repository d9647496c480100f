import { insertMember } from './insertMember.ts';
import { membersIn, unquoted } from './members.ts';
import type { Setting } from './setting.ts';
import { sourceOf } from './source.ts';

/**
 * The members of the JSON between two offsets, at any depth. `{{…}}`, as files of requests have it for variables, is
 * read as a word of the same length, so that offsets hold. Empty where that is no JSON.
 */
export function jsonSettings(text: string, start: number, end: number, within: readonly number[]): readonly Setting[] {
  const written = text.slice(start, end);
  if (!/^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*[{[]/.test(written)) return [];
  const masked = written.replace(/\{\{[^{}\r\n]*\}\}/g, (variable) => '_'.repeat(variable.length));
  const source = sourceOf({ text: masked, languageId: 'json', line: 0 });
  if (source === null) return [];
  const { tokens } = source;
  const firstLine = text.slice(0, start).split('\n').length - 1;
  return membersIn(source, { from: 0, to: tokens.length - 1 }, null).flatMap((member) => {
    const first = member.value === null ? undefined : tokens[member.value.from];
    const last = member.value === null ? undefined : tokens[member.value.to];
    const holder = tokens[member.holder];
    if (first === undefined || last === undefined || holder === undefined) return [];
    const quote = first === last && first.kind === 'string' && unquoted(first.text) !== null ? 1 : 0;
    const from = start + first.start + quote;
    const to = start + last.end - quote;
    const setting: Setting = {
      name: member.name,
      value: text.slice(from, to),
      line: firstLine + first.line,
      // What is around counts up from 0, so mappings count down.
      within: [-2 - start - holder.start, ...within],
      under: nameOf(tokens[member.holder - 2]?.text),
      start: from,
      end: to,
      replace: (newText) => ({ start: from, end: to, newText }),
      beside: (name, value) => {
        const edit = insertMember(source, member, name, value);
        return edit === null ? null : { ...edit, start: edit.start + start, end: edit.end + start };
      },
      means: null,
    };
    return [setting];
  });
}

function nameOf(key: string | undefined): string | null {
  return key === undefined ? null : unquoted(key);
}
