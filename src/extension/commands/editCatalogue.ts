import * as vscode from 'vscode';
import type * as expertise from '../expertise.ts';
import type { Parts } from '../parts.ts';
import { needHome, readText, saveText } from './catalogueCommands.ts';

/** Where something is declared. */
export interface DeclaringSource {
  /** `tollgate.jsonc`, or the file that it includes. */
  readonly file: vscode.Uri;
  /** What stands there; null where there is no such file yet. */
  readonly text: string | null;
  /** What stands in the other files of the catalogue. */
  readonly others: readonly string[];
}

/** Finds what declares a path, as `apis` `openai`, or `budget`: `tollgate.jsonc` where nothing does. */
export async function declaringSource(catalogue: vscode.Uri, path: readonly string[]): Promise<DeclaringSource> {
  const how = await import('../expertise.ts');
  const beside = (file: string): vscode.Uri => vscode.Uri.joinPath(catalogue, '..', file);
  const main = await readText(catalogue);
  const texts = await how.catalogueTexts(main ?? '', (file) => readText(beside(file)));
  const found = texts.find(({ text }) => how.declares(text, path)) ?? texts[0];
  const others = texts.flatMap((one) => (one === found ? [] : [one.text]));
  if (found === undefined || found.path === '') return { file: catalogue, text: main, others };
  return { file: beside(decodeURIComponent(found.path)), text: found.text, others };
}

/**
 * Finds where something of a section, as `apis`, is to be added: beside the others of its kind. Where only included files
 * declare any, and several do, the person chooses. @returns null where the person changed his mind.
 */
export async function addingSource(catalogue: vscode.Uri, section: string): Promise<DeclaringSource | null> {
  const main = await readText(catalogue);
  const how = await import('../expertise.ts');
  const read = (file: string): Promise<string | null> => readText(vscode.Uri.joinPath(catalogue, '..', file));
  const texts = main === null ? [] : await how.catalogueTexts(main, read);
  const places = how.placesFor(texts, section).map((path) => decodeURIComponent(path));
  const [only = ''] = places;
  const place =
    places.length < 2
      ? only
      : await vscode.window.showQuickPick(places, { placeHolder: vscode.l10n.t('To which file is it added?') });
  if (place === undefined) return null;
  if (place === '') return { file: catalogue, text: main, others: [] };
  return { file: vscode.Uri.joinPath(catalogue, '..', place), text: await read(place), others: [] };
}

/**
 * Changes what is declared at a path, as `apis` `openai`, in `tollgate.jsonc` or the file that it includes: in the editor,
 * so that it can be undone, and saved. @returns whether anything changed.
 */
export async function editCatalogue(
  parts: Parts,
  path: readonly string[],
  change: (text: string, how: typeof expertise) => string,
): Promise<boolean> {
  const { file, text: before } = await declaringSource(needHome(parts).catalogue, path);
  const after = change(before ?? '', await import('../expertise.ts'));
  if (after === (before ?? '')) return false;
  await saveText(file, before, after);
  return true;
}
