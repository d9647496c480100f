import assert from 'node:assert/strict';
import { parse } from 'jsonc-parser';
import { moveMemberIn, removeMemberIn, setMembersIn } from '../../../src/extension/commands/catalogueMembers.ts';

const text = `{
  "apis": {
    // The first.
    "one": { "upstream": "http://one" }, // behind one
    "two": { "upstream": "http://two" },

    /* Of the team. */
    "three": { "upstream": "http://three" } // behind three
  },
}
`;

describe('Members of tollgate.jsonc', () => {
  const order = (after: string): readonly string[] =>
    Object.keys((parse(after, [], { allowTrailingComma: true }) as { readonly apis: object }).apis);

  for (const [name, before, expected] of [
    ['three', 'one', ['three', 'one', 'two']],
    ['one', null, ['two', 'three', 'one']],
    ['one', 'three', ['two', 'one', 'three']],
    ['two', 'one', ['two', 'one', 'three']],
  ] as const)
    it(`are moved, ${name} before ${String(before)}, with their comments`, () => {
      const after = moveMemberIn(text, 'apis', name, before);
      assert.deepEqual(order(after), expected);
      assert.match(after, /\/\/ The first\.\s+"one"[^\n]*\/\/ behind one/);
      assert.match(after, /\/\* Of the team\. \*\/\s+"three"[^\n]*\/\/ behind three/);
    });

  it('stay as they are where they are in place, or unknown', () => {
    for (const [name, before] of [
      ['one', 'two'],
      ['three', null],
      ['four', null],
      ['one', 'four'],
    ] as const)
      assert.equal(moveMemberIn(text, 'apis', name, before), text);
    assert.equal(moveMemberIn(text, 'teams', 'one', null), text);
  });

  it('are moved back to the very same text', () => {
    const there = moveMemberIn(text, 'apis', 'one', 'three');
    assert.equal(moveMemberIn(there, 'apis', 'one', 'two'), text);
  });

  it('keep a comma behind the last one', () => {
    const trailing = '{ "apis": {\n  "a": {},\n  "b": {}, // of b\n} }';
    assert.deepEqual(order(moveMemberIn(trailing, 'apis', 'b', 'a')), ['b', 'a']);
    assert.deepEqual(order(moveMemberIn(trailing, 'apis', 'a', null)), ['b', 'a']);
    // The comma does not get into the comment, nor the comment to somebody else.
    assert.match(moveMemberIn(trailing, 'apis', 'b', 'a'), /"b": \{\}, \/\/ of b\n {2}"a": \{\},\n/);
    const commented = '{ "apis": {\n  "a": {}, // of a\n  "b": {},\n} }';
    assert.match(moveMemberIn(commented, 'apis', 'a', null), /"b": \{\},\n {2}"a": \{\}, \/\/ of a\n\}/);
  });

  it('are changed one by one, and taken out', () => {
    const changed = setMembersIn(text, ['apis', 'one'], { title: 'One', upstream: undefined });
    assert.match(changed, /\/\/ The first\.\s+"one": \{\s*"title": "One"\s*\}/);
    assert.deepEqual(order(removeMemberIn(text, ['apis', 'two'])), ['one', 'three']);
  });
});
