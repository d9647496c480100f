import { parse } from 'jsonc-parser';

/** One of `tollgate.jsonc` and the files it includes. */
export interface CatalogueText {
  /** From the folder of `tollgate.jsonc`, as in a URL; '' for that file itself. */
  readonly path: string;
  readonly text: string;
}

type Read = (path: string) => Promise<string | null>;

/** `tollgate.jsonc`, whose text this is, and all that it includes, each once. `read` gives a file's text, or null. */
export async function catalogueTexts(text: string, read: Read): Promise<readonly CatalogueText[]> {
  const seen = new Set(['']);
  const found: CatalogueText[] = [{ path: '', text }];
  // It grows while it is walked.
  for (const one of found) {
    const included: unknown = member(parse(one.text, [], { allowTrailingComma: true }), 'include');
    for (const wanted of Array.isArray(included) ? included : []) {
      if (typeof wanted !== 'string') continue;
      // The gateway refuses what leads out of the folder, and says so.
      const path = new URL(wanted, `file:///${one.path}`).pathname.slice(1);
      if (seen.has(path)) continue;
      seen.add(path);
      const content = await read(decodeURIComponent(path));
      if (content !== null) found.push({ path, text: content });
    }
  }
  return found;
}

/** Whether a text declares something, as `apis` `openai`, or a member of its own, as `budget`. */
export function declares(text: string, [kind = '', name]: readonly string[]): boolean {
  const content: unknown = parse(text, [], { allowTrailingComma: true });
  const members = member(content, kind);
  if (name === undefined) return members !== undefined;
  return typeof members === 'object' && members !== null && Object.hasOwn(members, name);
}

/**
 * Which of `tollgate.jsonc` and the files it includes declares something by name, as `apis` `openai`: its path from the
 * folder of `tollgate.jsonc`, '' for that file itself, also where none declares it. `read` gives a file's text, or null.
 */
export async function declaringFile(text: string, path: readonly string[], read: Read): Promise<string> {
  return (await catalogueTexts(text, read)).find((one) => declares(one.text, path))?.path ?? '';
}

/**
 * The files to which something of a section may be added: the first that everything begins with, where it has the section
 * or no other file does; else those that have it. By path, '' for the first.
 */
export function placesFor(texts: readonly CatalogueText[], section: string): readonly string[] {
  const [main, ...included] = texts;
  const having = included.filter(({ text }) => declares(text, [section])).map(({ path }) => path);
  return main === undefined || declares(main.text, [section]) || having.length === 0 ? [''] : having;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
