import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundleFile, collectSentences } from './sentences.ts';

describe('sentences of the editor', () => {
  it('are all listed for translators', () => {
    const bundle = JSON.parse(readFileSync(bundleFile, 'utf8')) as Record<string, string>;
    const missing = collectSentences('extension').filter((sentence) => !(sentence in bundle));
    assert.deepEqual(missing, [], 'Run: node test/unit/extension/sentences.ts');
  });
});
