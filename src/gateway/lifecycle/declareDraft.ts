import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { withMember } from '../../shared/memberText.ts';
import { loadCatalogue } from '../includes/loadCatalogue.ts';
import { replaceFile } from './versionsFile.ts';

/** Says in `tollgate.jsonc`, or the file it includes that declares the API, where an API's draft is, unless it says so already. Comments and layout stay. */
export async function declareDraft(catalogueFile: string, api: string, draft: string): Promise<void> {
  const main = await readFile(catalogueFile, 'utf8');
  const file = (await loadCatalogue(catalogueFile, main)).declaring('apis', api);
  if (file === null) return;
  const before = file === catalogueFile ? main : await readFile(file, 'utf8');
  const root = parseTree(before, [], { allowTrailingComma: true });
  if (root === undefined || findNodeAtLocation(root, ['apis', api, 'openapi']) !== undefined) return;
  // A path is meant from the file that it stands in.
  const from = path.relative(path.dirname(file), path.join(path.dirname(catalogueFile), draft));
  const fromFile = from.replaceAll(path.sep, '/');
  await replaceFile(file, withMember(before, ['apis', api, 'openapi'], fromFile));
}
