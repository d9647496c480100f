import assert from 'node:assert/strict';
import { catalogueProposals } from '../../../src/extension/editor/catalogueProposals.ts';
import { catalogueJsonSchema } from '../../../src/shared/catalogueJsonSchema.ts';

describe('Proposals in files of the catalogue', () => {
  const schema = catalogueJsonSchema();
  /** `|` is where the cursor is. */
  const at = (marked: string): readonly string[] => {
    const found = catalogueProposals(schema, marked.replace('|', ''), marked.indexOf('|'));
    return found.map(({ insert }) => insert);
  };

  it('are the members that are not there yet, with a place for their value', () => {
    const members = at('{ "teams": { "shop": { "title": "Shop", "|" } } }');
    assert.deepEqual(members, ['"description": "$1"', '"members": [$1]', '"policy": { $1 }']);
    assert.ok(at('{ | }').includes('"applications": { $1 }'));
  });

  it('take the place of what was typed, and leave a colon that is there', () => {
    const text = '{ "budgets": { "all": { "us": 5 } } }';
    const [first] = catalogueProposals(schema, text, text.indexOf('"us"') + 2).filter(({ label }) => label === 'usd');
    assert.equal(first?.insert, '"usd"');
    assert.equal(text.slice(first.start, first.end), '"us"');
  });

  it('are the values that may stand there', () => {
    assert.deepEqual(at('{ "budgets": { "all": { "over": "|" } } }'), ['"warn"', '"refuse"']);
    assert.deepEqual(at('{ "applications": { "web": { "disabled": | } } }'), ['true', 'false']);
    assert.ok(at('{ "apis": { "x": { "access": "|" } } }').includes('"open"'));
    assert.deepEqual(at('{ "nothing": { "of": "|" } }'), []);
  });
});
