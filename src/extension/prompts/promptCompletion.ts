import * as vscode from 'vscode';
import { variableTypes } from '../../shared/prompts.ts';
import type { ListedModel } from '../../shared/models.ts';
import type { Parts } from '../parts.ts';
import { isPromptFile, promptSelector, type PromptBook } from './promptFiles.ts';
import { promptKeys } from './promptKeys.ts';

/** Completes models, keys of the front matter, types, and the names of variables in the text. */
export function registerPromptCompletion(parts: Parts, book: PromptBook): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    promptSelector,
    {
      provideCompletionItems: async (document, position) => {
        if (!isPromptFile(document, parts)) return [];
        const line = document.lineAt(position.line).text;
        const before = line.slice(0, position.character);
        if (!isFrontMatter(document, position.line)) return variablesAt(document, position, line, book);
        const model = /^model:\s*/.exec(before)?.[0];
        if (model !== undefined)
          return modelsAt(parts, new vscode.Range(position.line, model.length, position.line, line.length));
        return keysAt(document, position, before);
      },
    },
    ...['{', '/', ' ', ':'],
  );
}

function isFrontMatter(document: vscode.TextDocument, line: number): boolean {
  if (line === 0 || document.lineAt(0).text.trim() !== '---') return false;
  for (let at = 1; at < line; at++) if (document.lineAt(at).text.trimEnd() === '---') return false;
  return document.lineAt(line).text.trimEnd() !== '---';
}

function variablesAt(
  { uri }: vscode.TextDocument,
  { line: at, character }: vscode.Position,
  line: string,
  book: PromptBook,
): vscode.CompletionItem[] {
  const typed = /\{\{\s*([\w-]*)$/.exec(line.slice(0, character));
  if (typed === null) return [];
  const closed = /^[\w-]*\s*\}\}/.exec(line.slice(character))?.[0] ?? /^\}?\}?/.exec(line.slice(character))?.[0] ?? '';
  const range = new vscode.Range(at, typed.index, at, character + closed.length);
  return (book.check(uri)?.prompt?.variables ?? []).map(({ name, type, description }) => {
    const item = new vscode.CompletionItem({ label: name, description: type }, vscode.CompletionItemKind.Variable);
    if (description !== null) item.documentation = description;
    item.range = range;
    item.insertText = `{{${name}}}`;
    item.filterText = `{{${name}}}`;
    return item;
  });
}

async function modelsAt({ gateway }: Parts, range: vscode.Range): Promise<vscode.CompletionItem[]> {
  if (gateway.state.kind !== 'running') return [];
  const models = await gateway.api.models();
  return models
    .filter(({ api }) => api !== null)
    .map((model) => {
      const item = new vscode.CompletionItem(
        { label: model.name, description: priceOf(model) },
        vscode.CompletionItemKind.Constant,
      );
      item.range = range;
      item.insertText = model.name;
      item.sortText = `${model.ready ? '0' : '1'}${model.name}`;
      if (!model.ready) item.detail = vscode.l10n.t('Its credential is not in hand');
      return item;
    });
}

function priceOf({ price }: ListedModel): string {
  return price === null ? vscode.l10n.t('unpriced') : vscode.l10n.t('${0} in, ${1} out', price.input, price.output);
}

function keysAt(
  document: vscode.TextDocument,
  { line: at, character }: vscode.Position,
  before: string,
): vscode.CompletionItem[] {
  const value = /^\s+(?:type:\s*|[A-Za-z_][\w-]*:\s+)(\w*)$/.exec(before);
  const path = pathAt(document, at, before);
  if (value !== null && path[0] === 'variables')
    return variableTypes.map((type) => new vscode.CompletionItem(type, vscode.CompletionItemKind.EnumMember));
  const typed = /^(\s*)([\w-]*)$/.exec(before);
  if (typed === null) return [];
  const [, indent = ''] = typed;
  return promptKeys(path).map(({ key, description, snippet }) => {
    const item = new vscode.CompletionItem(key, vscode.CompletionItemKind.Property);
    item.documentation = description;
    item.insertText = new vscode.SnippetString(snippet.replaceAll('\n', `\n${indent}`));
    item.range = new vscode.Range(at, indent.length, at, character);
    return item;
  });
}

/** The keys above a line, by their indents. */
function pathAt(document: vscode.TextDocument, line: number, before: string): readonly string[] {
  let indent = /^\s*/.exec(before)?.[0].length ?? 0;
  const path: string[] = [];
  for (let at = line - 1; at > 0 && indent > 0; at--) {
    const [, space = '', key] = /^(\s*)([\w-]+):/.exec(document.lineAt(at).text) ?? [];
    if (key !== undefined && space.length < indent) {
      path.unshift(key);
      indent = space.length;
    }
  }
  return path;
}
