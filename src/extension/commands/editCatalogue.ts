import type * as expertise from '../expertise.ts';
import type { Parts } from '../parts.ts';
import { needHome, readText, saveText } from './catalogueCommands.ts';

/** Changes `tollgate.jsonc` in the editor, so that it can be undone, and saves it. @returns whether anything changed. */
export async function editCatalogue(
  parts: Parts,
  change: (text: string, how: typeof expertise) => string,
): Promise<boolean> {
  const { catalogue } = needHome(parts);
  const before = await readText(catalogue);
  const after = change(before ?? '', await import('../expertise.ts'));
  if (after === (before ?? '')) return false;
  await saveText(catalogue, before, after);
  return true;
}
