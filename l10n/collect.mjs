// Writes bundle.l10n.json: every sentence that the editor can translate, for translators. Run it after changing one.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const sources = path.resolve(here, '../src');
// `vscode.l10n.t('…')` in the extension, `text('…')` in pure code, `key: '…'` in the panel's table.
const call = /\b(?:l10n\.t|text)\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
const entry = /^ {2}'?[\w.]+'?:\s+('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),$/gm;

const sentences = new Set();
for (const file of await readdir(sources, { recursive: true })) {
  if (!file.endsWith('.ts')) continue;
  const code = await readFile(path.join(sources, file), 'utf8');
  for (const [, literal] of code.matchAll(call)) sentences.add(unquote(literal));
  if (path.basename(file) === 'panelStrings.ts')
    for (const [, literal] of code.matchAll(entry)) sentences.add(unquote(literal));
}
const bundle = Object.fromEntries([...sentences].sort().map((sentence) => [sentence, sentence]));
await writeFile(path.join(here, 'bundle.l10n.json'), JSON.stringify(bundle, null, 2) + '\n');
console.log(`${sentences.size} sentences`);

function unquote(literal) {
  return literal
    .slice(1, -1)
    .replace(/\\(u[0-9a-f]{4}|.)/gi, (_whole, escaped) =>
      escaped.length > 1
        ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
        : escaped === 'n'
          ? '\n'
          : escaped,
    );
}
