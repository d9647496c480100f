import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { readText } from '../commands/catalogueCommands.ts';
import type { Parts } from '../parts.ts';

/** Names for which VS Code's own JSON support has the schema (`jsonValidation` in `package.json`). */
const ownNames = /^(tollgate|.*\.tollgate|tollgate\..*)\.jsonc$/;

/** Proposes members and values in files that `tollgate.jsonc` includes, whatever they are called. */
export function registerCatalogueCompletion({ home, context }: Parts): vscode.Disposable {
  const provideCompletionItems = async (
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> => {
    if (home === null || ownNames.test(path.basename(document.uri.fsPath))) return [];
    const folder = path.dirname(home.catalogue.fsPath);
    if (!document.uri.fsPath.startsWith(folder + path.sep)) return [];
    const { catalogueProposals, catalogueTexts } = await import('../expertise.ts');
    const read = (file: string): Promise<string | null> => readText(vscode.Uri.file(path.join(folder, file)));
    const main = await readText(home.catalogue);
    const texts = main === null ? [] : await catalogueTexts(main, read);
    const isIncluded = texts.some((one) => path.join(folder, decodeURIComponent(one.path)) === document.uri.fsPath);
    if (!isIncluded) return [];
    const schema: unknown = JSON.parse(await readFile(context.asAbsolutePath('dist/tollgate.schema.json'), 'utf8'));
    return catalogueProposals(schema, document.getText(), document.offsetAt(position)).map((proposal) => {
      const item = new vscode.CompletionItem(proposal.label, vscode.CompletionItemKind.Property);
      const range = new vscode.Range(document.positionAt(proposal.start), document.positionAt(proposal.end));
      item.range = range;
      // What is compared is what stands there, with its quotation marks.
      item.filterText = document.getText(range).startsWith('"') ? JSON.stringify(proposal.label) : proposal.label;
      item.insertText = new vscode.SnippetString(proposal.insert);
      item.documentation = proposal.description;
      return item;
    });
  };
  const languages = [{ language: 'jsonc' }, { language: 'json' }];
  return vscode.languages.registerCompletionItemProvider(languages, { provideCompletionItems }, '"');
}
