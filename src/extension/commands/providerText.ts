import { withMember } from '../../shared/memberText.ts';
import type { AddableProvider, LocalServer } from '../../shared/models.ts';
import { beginCatalogue } from './catalogueText.ts';

/** Words of a base URL that a person has to replace, as in `YOUR-RESOURCE`. */
export function blanksIn(url: string): readonly string[] {
  return [...new Set(url.match(/YOUR-[A-Z]+/g))];
}

/** The text of `tollgate.jsonc` with a provider of models added under a name; comments and layout are kept. */
export function addProviderTo(
  text: string | null,
  name: string,
  { id, known, title, env, dialect }: AddableProvider,
  url: string,
): string {
  const filled = blanksIn(url).length === 0;
  const ai = dialect === 'openai' ? {} : { ai: { dialect } };
  const credential = env === null ? {} : { credential: { type: 'key', env } };
  // What Tollgate knows of a provider need not stand in the file.
  return added(text, name, known && filled ? { provider: id } : { title, upstream: url, ...credential, ...ai });
}

/** The same for a known provider whose base URL had blanks. */
export function addFilledProviderTo(text: string | null, name: string, { id }: AddableProvider, url: string): string {
  return added(text, name, { provider: id, upstream: new URL(url).origin });
}

/** The text with a server of this machine added, and its models, which no list has. */
export function addLocalTo(text: string | null, name: string, { title, url, models }: LocalServer): string {
  const known = Object.fromEntries(models.map((id) => [id, {}]));
  return added(text, name, { title, upstream: url, ...(models.length === 0 ? {} : { ai: { models: known } }) });
}

function added(text: string | null, name: string, api: object): string {
  return withMember(beginCatalogue(text), ['apis', name], api);
}
