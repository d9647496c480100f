import type { Fix, FixContext, Remedy, SourceEdit } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { catalogueUpstream } from './catalogueUpstream.ts';
import { doors, type Door } from './doors.ts';
import { inCatalogue } from './fallback.ts';
import { placesOf, type Place } from './places.ts';
import { literalsIn } from './source/literals.ts';

/** Calls the other address of a vendor: the one that the answer names, or a known one at which the key may be good. */
export const changeAddress: Fix = (context) => {
  const offered: Remedy[] = [];
  for (const door of otherDoors(context)) {
    const change = inSources(context, door) ?? inDeclaration(context, door) ?? inFound(context, door);
    if (change === null) continue;
    const index = offered.length;
    const id = index === 0 ? 'changeAddress' : `changeAddress.${String(index)}`;
    offered.push({ kind: 'edit', id, title: door.title(door.to), ...change });
  }
  return offered;
};

/** Where the call might have gone instead. */
export function otherDoors(context: FixContext): readonly Door[] {
  return [...namedDoor(context), ...knownDoors(context)];
}

function knownDoors({ finding, provider }: FixContext): readonly Door[] {
  const { cause, alternatives } = finding.diagnosis;
  const called = `${finding.host.replace(/:\d+$/, '')}${finding.path}`;
  return doors.filter(
    (door) =>
      door.provider === provider?.id &&
      [cause, ...alternatives].some((one) => door.causes.includes(one)) &&
      (door.says === undefined || quotes(finding).some((quote) => door.says?.test(quote) === true)) &&
      (door.from.startsWith('/') ? finding.path.startsWith(`${door.from}/`) : called.startsWith(`${door.from}/`)),
  );
}

/** As in "Wrong endpoint. Use https://api-free.deepl.com" and "Please make your request to eu.api.openai.com". */
function namedDoor({ finding }: FixContext): readonly Door[] {
  const { cause, alternatives } = finding.diagnosis;
  if (![cause, ...alternatives].includes('configuration_error')) return [];
  const from = finding.host.replace(/:\d+$/, '');
  const site = from.split('.').slice(-2).join('.');
  for (const quote of quotes(finding)) {
    const to = /\b(?:use|to|at|through)\s+(?:https?:\/\/)?((?:[a-z\d-]+\.)+[a-z]{2,})\b/i
      .exec(quote)?.[1]
      ?.toLowerCase();
    if (to === undefined || to === from || !to.endsWith(`.${site}`) || /^(?:www|docs|platform|help)\./.test(to))
      continue;
    const title: Door['title'] = (host) => text('Call {0} instead, as the answer says', host);
    return [{ provider: '', causes: [], from, to, title }];
  }
  return [];
}

function quotes({ diagnosis }: FixContext['finding']): readonly string[] {
  return diagnosis.evidence.map(({ quote }) => quote);
}

type Change = Pick<Extract<Remedy, { kind: 'edit' }>, 'edits' | 'other' | 'save'>;

/** At the addresses of the source with the call, else where its base URL is written. */
function inSources(context: FixContext, { from, to }: Door): Change | null {
  const { document } = context;
  const edits =
    document === null ? [] : literalsIn(document).flatMap(({ value, start }) => swap(value, start, from, to));
  if (edits.length > 0) return { edits };
  return elsewhere(context, 'named', { from, to })[0] ?? null;
}

/** In the one file of settings or requests that has the address. */
function inFound(context: FixContext, door: Door): Change | null {
  const [only, ...more] = elsewhere(context, 'searched', door);
  return more.length === 0 ? (only ?? null) : null;
}

function elsewhere(context: FixContext, how: Place['how'], { from, to }: Pick<Door, 'from' | 'to'>): readonly Change[] {
  return placesOf(context, 'baseUrl').flatMap((place) => {
    const { value, start } = target(place.setting);
    const [edit] = place.how === how && place.other !== null ? swap(value, start, from, to) : [];
    return edit === undefined || place.other === null ? [] : [{ edits: [edit], other: place.other }];
  });
}

function target(setting: Place['setting']): Place['setting'] {
  return setting.means ?? setting;
}

/** Puts one host, or one beginning of a path, in the place of the other within an address. */
function swap(value: string, start: number, from: string, to: string): readonly SourceEdit[] {
  const before = from.startsWith('/')
    ? '(?:^|https?://[^/\\s]+|}}|})(?:/[\\w.-]+)?'
    : '^\\s*(?:[A-Z]+\\s+)?(?:https?://)?';
  const match = new RegExp(`(${before})${escaped(from)}(?=[/:?#]|$)`).exec(value);
  if (match === null) return [];
  const at = start + match.index + (match[1] ?? '').length;
  return [{ start: at, end: at + from.length, newText: to }];
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** In `tollgate.jsonc`, where the gateway is told the host: sources then only name the gateway. */
function inDeclaration({ finding, catalogue }: FixContext, { from, to }: Door): Change | null {
  if (from.startsWith('/') || catalogue == null || finding.api === null) return null;
  const edit = catalogueUpstream(catalogue.text, finding.api, from, to);
  return edit === null ? null : { edits: [edit], other: inCatalogue(catalogue), save: true };
}
