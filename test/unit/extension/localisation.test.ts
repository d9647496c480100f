import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

describe('sentences of the editor', () => {
  it('are all listed for translators', () => {
    const bundle = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.json'), 'utf8')) as Record<string, string>;
    const folder = path.join(root, 'src/extension');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const code = readFileSync(path.join(folder, file), 'utf8');
      for (const [, sentence] of code.matchAll(/\bl10n\.t\(\s*'([^'\\]*)'/g))
        assert.ok(sentence !== undefined && sentence in bundle, `"${sentence ?? ''}": run node l10n/collect.mjs`);
    }
  });
});
