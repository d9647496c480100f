import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** The file from which translators work. */
export const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

// `vscode.l10n.t('…')` in the extension, `text('…')` in pure code, `key: '…'` in the panel's table.
const call = /\b(?:l10n\.t|text)\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
const entry = /^ {2}'?[\w.]+'?:\s+('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),$/gm;

/** Every sentence in `src/<folder>` that the editor can translate, sorted. */
export function collectSentences(folder = ''): readonly string[] {
  const sources = path.join(root, 'src', folder);
  const found = new Set<string>();
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const code = readFileSync(path.join(sources, file), 'utf8');
    const patterns = /^panel\w*Strings\.ts$/.test(path.basename(file)) ? [call, entry] : [call];
    for (const pattern of patterns)
      for (const [, literal = ''] of code.matchAll(pattern)) found.add(unquote(literal.slice(1, -1)));
  }
  return [...found].sort();
}

function unquote(literal: string): string {
  return literal.replace(/\\(u[0-9a-f]{4}|.)/gi, (_whole, escaped: string) => {
    if (escaped.length > 1) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return escaped === 'n' ? '\n' : escaped;
  });
}

if (process.argv[1] === import.meta.filename) {
  const bundle = Object.fromEntries(collectSentences().map((sentence) => [sentence, sentence]));
  writeFileSync(bundleFile, JSON.stringify(bundle, null, 2) + '\n');
}
