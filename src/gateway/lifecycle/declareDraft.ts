import { readFile } from 'node:fs/promises';
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { replaceFile } from './versionsFile.ts';

/** Says in `tollgate.jsonc` where an API's draft is, unless it says so already. Comments and layout stay. */
export async function declareDraft(catalogueFile: string, api: string, draft: string): Promise<void> {
  const before = await readFile(catalogueFile, 'utf8');
  const root = parseTree(before, [], { allowTrailingComma: true });
  const declared = root === undefined ? undefined : findNodeAtLocation(root, ['apis', api]);
  // It may be declared in a file that this one includes; then that is where to write it.
  if (declared === undefined || findNodeAtLocation(declared, ['openapi']) !== undefined) return;
  const formattingOptions = { insertSpaces: !/^\t/m.test(before), tabSize: indentOf(before) };
  const after = applyEdits(before, modify(before, ['apis', api, 'openapi'], draft, { formattingOptions }));
  await replaceFile(catalogueFile, after);
}

function indentOf(source: string): number {
  return /^( +)\S/m.exec(source)?.[1]?.length ?? 2;
}
