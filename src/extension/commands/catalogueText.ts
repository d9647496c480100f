import { parse } from 'jsonc-parser';
import { apiNamePattern } from '../../shared/catalogueName.ts';
import { withMember } from '../../shared/memberText.ts';

/** What goes under a new name in `apis`. */
export type NewApi = { readonly provider: string } | { readonly title: string; readonly upstream: string };

const beginning = `// APIs that programs call through Tollgate: http://127.0.0.1:PORT/<name>/… goes to the API of that name.
// Share this file with your team. It holds no secrets: those are set with "Tollgate: Set Credential…".
{
  "apis": {}
}
`;

/** The text of `tollgate.jsonc` with an API added; its comments and layout are kept. Null text begins a file. */
export function addApiTo(text: string | null, name: string, api: NewApi): string {
  return withMember(beginCatalogue(text), ['apis', name], api);
}

/** The text itself, or a beginning where there is none. */
export function beginCatalogue(text: string | null): string {
  return text === null || text.trim() === '' ? beginning : text;
}

/** The names in use. */
export function apiNamesIn(text: string | null): readonly string[] {
  const value: unknown = text === null ? undefined : parse(text, [], { allowTrailingComma: true });
  if (typeof value !== 'object' || value === null || !('apis' in value)) return [];
  return typeof value.apis === 'object' && value.apis !== null ? Object.keys(value.apis) : [];
}

/** A name for an API that is not in use: the host's telling part, or the wanted one with a number. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const cleaned = wanted
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 60);
  const base = apiNamePattern.test(cleaned) ? cleaned : 'api';
  let name = base;
  for (let number = 2; taken.includes(name); number++) name = `${base}-${number}`;
  return name;
}
