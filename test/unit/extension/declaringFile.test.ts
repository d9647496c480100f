import assert from 'node:assert/strict';
import { declaringFile } from '../../../src/extension/commands/declaringFile.ts';

describe('The file that declares something', () => {
  const files: Readonly<Record<string, string>> = {
    'teams/shop.jsonc':
      '{ // the shop\n "applications": { "checkout": {} }, "include": ["./more.jsonc", "../tollgate.jsonc"] }',
    'teams/more.jsonc': '{ "apis": { "maps": { "upstream": "http://maps" } }, "include": ["shop.jsonc"] }',
    'broken.jsonc': '{ "apis": ',
  };
  const main = '{ "apis": { "crm": {} }, "include": ["broken.jsonc", "teams/shop.jsonc", "gone.jsonc", 7] }';
  const find = (...path: readonly string[]): Promise<string> =>
    declaringFile(main, path, (file) => Promise.resolve(files[file] ?? null));

  it('is tollgate.jsonc itself, one that it includes, or one further on', async () => {
    assert.equal(await find('apis', 'crm'), '');
    assert.equal(await find('applications', 'checkout'), 'teams/shop.jsonc');
    assert.equal(await find('apis', 'maps'), 'teams/more.jsonc');
  });

  it('is tollgate.jsonc for what nobody declares', async () => {
    assert.equal(await find('apis', 'elsewhere'), '');
    assert.equal(await find('plans', 'toString'), '');
  });
});
