import assert from 'node:assert/strict';
import { addApiTo, apiNamesIn, freeName } from '../../../src/extension/commands/catalogueText.ts';
import { catalogueSchema } from '../../../src/shared/catalogue.ts';
import { parse } from 'jsonc-parser';

describe('text of tollgate.jsonc', () => {
  it('begins with a comment and the API, and is valid', () => {
    const text = addApiTo(null, 'openrouter', { provider: 'openrouter' });
    assert.match(text, /^\/\/ APIs that programs call through Tollgate/);
    assert.deepEqual(catalogueSchema.parse(parse(text)).apis, { openrouter: { provider: 'openrouter' } });
  });

  it('keeps comments, trailing commas and layout', () => {
    const before = [
      '{',
      '\t// ours',
      '\t"apis": {',
      '\t\t"orders": { "upstream": "http://127.0.0.1:9000" }, // local',
      '\t},',
      '}',
      '',
    ].join('\r\n');
    const after = addApiTo(before, 'stripe', { provider: 'stripe' });
    assert.match(after, /\/\/ ours\r\n/);
    assert.match(after, /\/\/ local/);
    assert.match(after, /\t\t"stripe": \{/);
    assert.equal(after.replaceAll('\r\n', '').includes('\n'), false);
    assert.deepEqual(apiNamesIn(after), ['orders', 'stripe']);
  });

  it('makes "apis" where it is missing, in an empty file too', () => {
    assert.deepEqual(apiNamesIn(addApiTo('{}', 'a', { provider: 'openai' })), ['a']);
    assert.deepEqual(apiNamesIn(addApiTo('  \n', 'a', { provider: 'openai' })), ['a']);
  });

  it('finds a name that is free and allowed', () => {
    assert.equal(freeName('openai', []), 'openai');
    assert.equal(freeName('openai', ['openai', 'openai-2']), 'openai-3');
    assert.equal(freeName('My API!', []), 'my-api');
    assert.equal(freeName('__', []), 'api');
  });
});
