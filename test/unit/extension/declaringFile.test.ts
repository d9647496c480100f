import assert from 'node:assert/strict';
import { catalogueTexts, declares, declaringFile, placesFor } from '../../../src/extension/commands/declaringFile.ts';

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

  it('is found for a member that stands by itself, and beside the texts of the others', async () => {
    const read = (file: string): Promise<string | null> => Promise.resolve(files[file] ?? null);
    const texts = await catalogueTexts('{ "include": ["money.jsonc"] }', (file) =>
      file === 'money.jsonc' ? Promise.resolve('{ "budget": { "usd": 5 } }') : read(file),
    );
    assert.deepEqual(
      texts.map(({ path, text }) => [path, declares(text, ['budget'])]),
      [
        ['', false],
        ['money.jsonc', true],
      ],
    );
    const all = await catalogueTexts(main, read);
    assert.deepEqual(
      all.map(({ path }) => path),
      ['', 'broken.jsonc', 'teams/shop.jsonc', 'teams/more.jsonc'],
    );
  });

  it('is, for what is added, the one that has others of its kind', () => {
    const included = { path: 'apis.jsonc', text: '{ "apis": { "crm": {} } }' };
    const place = (text: string, ...more: readonly (typeof included)[]): readonly string[] =>
      placesFor([{ path: '', text }, ...more], 'apis');
    assert.deepEqual(place('{ "include": ["apis.jsonc"] }', included), ['apis.jsonc']);
    assert.deepEqual(place('{ "apis": {} }', included), ['']);
    assert.deepEqual(place('{}', { path: 'teams.jsonc', text: '{ "teams": {} }' }), ['']);
    assert.deepEqual(place('{}', included, { ...included, path: 'more.jsonc' }), ['apis.jsonc', 'more.jsonc']);
  });

  it('is tollgate.jsonc for what nobody declares', async () => {
    assert.equal(await find('apis', 'elsewhere'), '');
    assert.equal(await find('plans', 'toString'), '');
  });
});
