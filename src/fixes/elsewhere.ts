import type { FixContext, OtherSource, Purpose, SourceDocument } from '../shared/remedy.ts';
import { otherDoors } from './changeAddress.ts';
import { lookUp } from './lookUp.ts';
import { modelPlaces } from './modelPlaces.ts';
import { namesFor, purposes } from './names.ts';
import { placesOf } from './places.ts';
import { helped } from './replaceModel.ts';

import { codeSettings } from './source/codeSettings.ts';
import { formatOf } from './source/language.ts';
import type { Reference } from './source/reference.ts';
import { settingsOf } from './source/settingsOf.ts';
import { sourceOf } from './source/source.ts';
import { besidesOf, moduleFiles } from './source/moduleFiles.ts';

/** A file as it is in the workspace; unsaved changes count. */
export interface WorkspaceText {
  readonly file: string;
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
}

/** The workspace, as far as values are looked for in it. Whoever implements it bounds sizes and numbers. */
export interface WorkspaceFiles {
  /** Null for what is no file of the workspace, is not text or too big. */
  readonly read: (file: string) => Promise<WorkspaceText | null>;
  /** Files that set variables of the environment: `.env` and its kin, Compose files. */
  readonly environments: () => Promise<readonly string[]>;
  /** Files of settings and of requests, as tools read them by themselves. */
  readonly settings: () => Promise<readonly string[]>;
}

const mostHops = 3;

/**
 * Finds the files that hold what the source of a call does not: the `.env` file of a variable that it reads, the module
 * of a constant that it imports; failing these, files of settings and requests that name the very model or host that was called.
 */
export async function findElsewhere(
  context: FixContext,
  file: string | null,
  files: WorkspaceFiles,
): Promise<readonly OtherSource[]> {
  const { document } = context;
  const found: OtherSource[] = [];
  if (document !== null && file !== null)
    for (const purpose of purposes)
      for (const reference of referencesIn(document, purpose))
        found.push(...(await follow(reference, purpose, file, files, 0)));
  return [...found, ...(await search(soughtIn({ ...context, elsewhere: found }), file, files))];
}

/** What a file must name to be one that may hold the value: the model that was called, or the host. */
type Sought = ReadonlyMap<Purpose, string>;

/** What neither the source says nor what it refers to, and what a fix needs. */
function soughtIn(context: FixContext): Sought {
  const { diagnosis, host } = context.finding;
  const sought = new Map<Purpose, string>();
  const { model } = diagnosis.facts;
  if (model !== undefined && helped.has(diagnosis.cause) && modelPlaces(context).length === 0)
    sought.set('model', model).set('maxTokens', model);
  if (otherDoors(context).length > 0 && placesOf(context, 'baseUrl').length === 0) sought.set('baseUrl', host);
  return sought;
}

function referencesIn(document: SourceDocument, purpose: Purpose): readonly Reference[] {
  if (formatOf(document.languageId) !== null) {
    return (settingsOf(document) ?? []).flatMap(({ name, value }) => {
      const variable = /^\{\{\s*\$(?:dotenv|processEnv)\s+%?([\w.-]+)\s*\}\}$/.exec(value)?.[1];
      return variable !== undefined && namesFor[purpose].has(name) ? [{ kind: 'variable', name: variable }] : [];
    });
  }
  const source = sourceOf(document);
  return source === null ? [] : codeSettings(source, namesFor[purpose]).references;
}

async function follow(
  reference: Reference,
  purpose: Purpose,
  from: string,
  files: WorkspaceFiles,
  hops: number,
): Promise<readonly OtherSource[]> {
  if (hops >= mostHops) return [];
  if (reference.kind === 'variable') return variableFiles(reference.name, purpose, from, files);
  for (const { file, path } of moduleFiles(from, reference)) {
    const text = await files.read(file);
    if (text === null) continue;
    const { literal, reference: next } = lookUp(text, path);
    const further = next === null ? [] : await follow(next, purpose, file, files, hops + 1);
    // What the environment does not set, the module's own default sets.
    return literal === null ? further : [...further, { ...text, purpose, path, sure: true }];
  }
  return [];
}

/** The files that set a variable, nearest to the source first; samples are not what programs read. */
async function variableFiles(
  name: string,
  purpose: Purpose,
  from: string,
  files: WorkspaceFiles,
): Promise<readonly OtherSource[]> {
  const setting: WorkspaceText[] = [];
  for (const file of besidesOf(from, await files.environments())) {
    const text = await files.read(file);
    if (text !== null && setsVariable(text, name)) setting.push(text);
  }
  return setting.map((text) => ({ ...text, purpose, path: [name], sure: setting.length === 1 }));
}

function setsVariable(text: WorkspaceText, name: string): boolean {
  if (!text.text.includes(name)) return false;
  return (settingsOf(text) ?? []).some(
    (setting) => setting.name === name || (setting.name === '' && setting.value.startsWith(`${name}=`)),
  );
}

async function search(sought: Sought, except: string | null, files: WorkspaceFiles): Promise<readonly OtherSource[]> {
  const found: OtherSource[] = [];
  for (const file of sought.size === 0 ? [] : await files.settings()) {
    const text = file === except ? null : await files.read(file);
    for (const [purpose, name] of sought)
      if (text?.text.includes(name) === true) found.push({ ...text, purpose, path: [], sure: false });
  }
  return found;
}
