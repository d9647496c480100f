import assert from 'node:assert/strict';
import { parse, type ParseError } from 'jsonc-parser';
import { withMember } from '../../src/shared/memberText.ts';

const text = `{
  // All of them.
  "apis": { "one": { "upstream": "http://one" } },

  // Who there is.
  "teams": {
    "shop": { "title": "Shop", "members": ["ada", "bob"] }, // sells
    // Looks ahead.
    "lab": {},
  },
  "applications": {
    "web": {
      "team": "shop" // of Ada
    }
  },
  "budgets": {
    "all": { "usd": 20, }, // together
  },
}
`;

describe('Members of a JSONC text', () => {
  const line = (after: string, name: string): string =>
    after
      .split('\n')
      .find((one) => one.includes(`"${name}":`))
      ?.trim() ?? '';

  it('are set in the line in which their object is', () => {
    assert.equal(
      line(withMember(text, ['teams', 'shop', 'title'], 'Store'), 'shop'),
      '"shop": { "title": "Store", "members": ["ada", "bob"] }, // sells',
    );
    assert.equal(
      line(withMember(text, ['teams', 'shop', 'members'], ['eve', 'joe']), 'shop'),
      '"shop": { "title": "Shop", "members": ["eve", "joe"] }, // sells',
    );
    assert.equal(
      line(withMember(text, ['teams', 'shop', 'description'], 'x'), 'shop'),
      '"shop": { "title": "Shop", "members": ["ada", "bob"], "description": "x" }, // sells',
    );
    assert.equal(line(withMember(text, ['teams', 'lab', 'title'], 'Lab'), 'lab'), '"lab": { "title": "Lab" },');
    assert.equal(
      line(withMember(text, ['budgets', 'all', 'per'], 'day'), 'all'),
      '"all": { "usd": 20, "per": "day", }, // together',
    );
    assert.equal(
      line(withMember(text, ['apis', 'one', 'access', 'owner'], 'lab'), 'apis'),
      '"apis": { "one": { "upstream": "http://one", "access": { "owner": "lab" } } },',
    );
  });

  it('are added as others are written, below comments that are behind those', () => {
    assert.match(
      withMember(text, ['budgets', 'shop'], { team: 'shop', calls: 5 }),
      /\/\/ together\n {4}"shop": \{ "team": "shop", "calls": 5 \},\n {2}\},/,
    );
    assert.match(
      withMember(text, ['applications', 'web', 'contact'], 'ada'),
      /"team": "shop", \/\/ of Ada\n {6}"contact": "ada"\n {4}\}\n/,
    );
    assert.match(
      withMember(text, ['plans', 'pro'], { title: 'Pro' }),
      /\n {2}"plans": \{\n {4}"pro": \{\n {6}"title": "Pro"\n {4}\}\n {2}\},\n\}\n$/,
    );
    assert.equal(withMember('{}', ['a', 'b'], 1), '{\n  "a": {\n    "b": 1\n  }\n}');
  });

  it('are taken out with the comments that are theirs', () => {
    assert.equal(
      line(withMember(text, ['teams', 'shop', 'title'], undefined), 'shop'),
      '"shop": { "members": ["ada", "bob"] }, // sells',
    );
    assert.equal(
      line(withMember(text, ['teams', 'shop', 'members'], undefined), 'shop'),
      '"shop": { "title": "Shop" }, // sells',
    );
    assert.equal(line(withMember(text, ['budgets', 'all', 'usd'], undefined), 'all'), '"all": {}, // together');
    assert.doesNotMatch(withMember(text, ['teams', 'lab'], undefined), /Looks ahead|lab/);
    assert.doesNotMatch(withMember(text, ['teams', 'shop'], undefined), /sells/);
    assert.match(
      withMember(text, ['teams', 'shop'], undefined),
      /"teams": \{\n {4}\/\/ Looks ahead\.\n {4}"lab": \{\},\n {2}\},/,
    );
    assert.match(withMember(text, ['applications', 'web'], undefined), /"applications": \{\},/);
    assert.equal(withMember(text, ['teams', 'nobody'], undefined), text);
  });

  it('leave a text that is whole, whatever is set', () => {
    for (const path of [
      ['apis'],
      ['apis', 'one'],
      ['teams'],
      ['teams', 'shop'],
      ['teams', 'shop', 'title'],
      ['budgets', 'all', 'usd'],
      ['applications', 'web', 'team'],
      ['new'],
      ['teams', 'new', 'x'],
    ])
      for (const value of [undefined, 1, 'a "b"', ['x'], { y: { z: [1, 2] } }]) {
        const errors: ParseError[] = [];
        const found: unknown = parse(withMember(text, path, value), errors, { allowTrailingComma: true });
        assert.deepEqual(errors, []);
        const at = path.reduce<unknown>((one, name) => (one as Record<string, unknown> | undefined)?.[name], found);
        assert.deepEqual(at, value);
      }
  });
});
