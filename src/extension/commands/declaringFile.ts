import { parse } from 'jsonc-parser';

/**
 * Which of `tollgate.jsonc` and the files it includes declares something by name, as `apis` `openai`: its path from the
 * folder of `tollgate.jsonc`, '' for that file itself, also where none declares it. `read` gives a file's text, or null.
 */
export async function declaringFile(
  text: string,
  [kind = '', name = '']: readonly string[],
  read: (path: string) => Promise<string | null>,
): Promise<string> {
  const seen = new Set(['']);
  const waiting: { readonly path: string; readonly text: string }[] = [{ path: '', text }];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    const content: unknown = parse(one.text, [], { allowTrailingComma: true });
    if (typeof content !== 'object' || content === null) continue;
    const members: unknown = Reflect.get(content, kind);
    if (typeof members === 'object' && members !== null && Object.hasOwn(members, name)) return one.path;
    const included: unknown = Reflect.get(content, 'include');
    for (const wanted of Array.isArray(included) ? included : []) {
      if (typeof wanted !== 'string') continue;
      // The gateway refuses what leads out of the folder, and says so.
      const path = new URL(wanted, `file:///${one.path}`).pathname.slice(1);
      if (seen.has(path)) continue;
      seen.add(path);
      const found = await read(decodeURIComponent(path));
      if (found !== null) waiting.push({ path, text: found });
    }
  }
  return '';
}
