import type { FixContext, OtherSource, Purpose, SourceDocument, SourceEdit } from '../shared/remedy.ts';
import { lookUp } from './lookUp.ts';
import { namesFor, variablesFor } from './names.ts';
import { codeSettings, literalSetting } from './source/codeSettings.ts';
import { formatOf } from './source/language.ts';
import type { Setting } from './source/setting.ts';
import { settingsOf } from './source/settingsOf.ts';
import { sourceOf } from './source/source.ts';

/** A place where a value of the call is written. */
export interface Place {
  readonly setting: Setting;
  /** Null for the document with the call site. */
  readonly other: OtherSource | null;
  /** `named`: names lead from the call to it. `searched`: it is where such values stand. `fallback`: see CodeSettings. */
  readonly how: 'named' | 'searched' | 'fallback';
}

/** A change of a text, and where it is made; null for the document with the call site. */
export interface PlacedEdit {
  readonly edit: SourceEdit;
  readonly place: Place | null;
}

/** Where the value of that purpose is written, likeliest first: at the call, elsewhere by name, elsewhere by search. */
export function placesOf({ document, elsewhere = [] }: FixContext, purpose: Purpose): readonly Place[] {
  const here = document === null ? { settings: [], fallbacks: [] } : placesIn(document, purpose);
  const others = elsewhere
    .filter((other) => other.purpose === purpose)
    .flatMap((other) => othersIn(other, purpose).map((setting): Place => ({ setting, other, how: howOf(other) })));
  return [
    ...here.settings.map((setting): Place => ({ setting, other: null, how: 'named' })),
    ...others.filter(({ how }) => how === 'named'),
    ...here.fallbacks.map((setting): Place => ({ setting, other: null, how: 'fallback' })),
    ...others.filter(({ how }) => how === 'searched'),
  ];
}

function howOf({ path }: OtherSource): Place['how'] {
  return path.length > 0 ? 'named' : 'searched';
}

/** The member of a remedy that says which file it edits. */
export function inFile({ other }: Place): { readonly other?: OtherSource } {
  return other === null ? {} : { other };
}

/** Puts a value where it is written, or where the word that stands there is defined. */
export function put({ setting }: Place, value: string): SourceEdit {
  return (setting.means ?? setting).replace(value);
}

/** What is written there; for a word that stands for something, that. */
export function valueOf({ setting }: Place): string {
  return (setting.means ?? setting).value;
}

interface Here {
  readonly settings: readonly Setting[];
  readonly fallbacks: readonly Setting[];
}

function placesIn(document: SourceDocument, purpose: Purpose): Here {
  if (formatOf(document.languageId) !== null)
    return { settings: [...candidates(document, purpose)].sort(byDistance(document.line)), fallbacks: [] };
  const source = sourceOf(document);
  return source === null ? { settings: [], fallbacks: [] } : codeSettings(source, namesFor[purpose]);
}

function byDistance(line: number): (a: Setting, b: Setting) => number {
  return (a, b) => Math.abs(a.line - line) - Math.abs(b.line - line);
}

/** Settings that hold such values by their names; of models also what tools name `openai:gpt-4o`. */
function candidates(
  document: { readonly text: string; readonly languageId: string },
  purpose: Purpose,
): readonly Setting[] {
  const settings = settingsOf(document) ?? [];
  const isVariable = formatOf(document.languageId) !== null;
  return settings.filter(
    ({ name, under, value }) =>
      namesFor[purpose].has(name) ||
      (isVariable && variablesFor[purpose].test(name)) ||
      (purpose === 'model' && (name === 'id' || name === '') && under === 'providers' && value.includes(':')) ||
      (purpose === 'baseUrl' && (under === 'address' || under === 'variables') && /^https?:/.test(value)),
  );
}

/** The setting to which the names of another source lead, or all that may be it where there are none. */
function othersIn(other: OtherSource, purpose: Purpose): readonly Setting[] {
  const name = other.path.at(-1);
  if (name === undefined) return candidates(other, purpose);
  if (formatOf(other.languageId) !== null) return variableIn(other, name);
  const { literal } = lookUp(other, other.path);
  const source = literal === null ? null : sourceOf({ ...other, line: 0 });
  return source === null || literal === null ? [] : [literalSetting(source, name, literal, null)];
}

/** A variable of the environment in a file that sets such: the last one counts. */
function variableIn(other: OtherSource, name: string): readonly Setting[] {
  const settings = settingsOf(other) ?? [];
  const named = settings.findLast((setting) => setting.name === name);
  if (named !== undefined) return [named];
  const item = settings.find((setting) => setting.name === '' && setting.value.startsWith(`${name}=`));
  if (item === undefined) return [];
  const start = item.start + name.length + 1;
  const value = item.value.slice(name.length + 1);
  return [{ ...item, name, value, start, replace: (newText) => ({ start, end: item.end, newText }), beside: null }];
}
