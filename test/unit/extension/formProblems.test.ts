import assert from 'node:assert/strict';
import type { Field } from '../../../src/extension/details/detail.ts';
import { withForm } from '../../../src/extension/details/formChange.ts';
import { formProblems } from '../../../src/extension/details/formProblems.ts';

const fields: readonly Field[] = [
  { kind: 'text', path: ['title'], label: 'Title', value: 'Pro', longest: 5, wrong: 'too long' },
  {
    kind: 'number',
    path: ['usd'],
    label: 'Amount',
    value: '5',
    step: 'any',
    least: 0,
    above: 0,
    wrong: 'above 0',
    needed: 'needed',
  },
  { kind: 'number', path: ['rate', 'calls'], label: 'Calls', value: '', step: '1', wrong: 'whole' },
  {
    ...{ kind: 'text', path: ['rate', 'per'], label: 'Time', value: '', pattern: '[1-9]\\d*[smhd]', wrong: 'a span' },
    goesWith: { path: ['rate', 'calls'], message: 'calls, too' },
  },
];
const form = { path: ['plans', 'pro'], fields };

describe('A form of a page of details', () => {
  for (const [values, problems] of [
    [
      ['Pro', '5', '', ''],
      [null, null, null, null],
    ],
    [
      ['Professional', '0', '1.5', '1x'],
      ['too long', 'above 0', 'whole', 'a span'],
    ],
    [
      ['', '', '', '1m'],
      [null, 'needed', null, 'calls, too'],
    ],
    [
      ['', '0.5', '10', '1m'],
      [null, null, null, null],
    ],
    [
      ['Pro', '?', '-1', ''],
      [null, 'above 0', 'whole', null],
    ],
  ] as const)
    it(`says at each field what is wrong with ${JSON.stringify(values)}`, () =>
      assert.deepEqual(formProblems(form, values), problems));

  it('writes what was changed, in the line and beside the comments that are there', () => {
    const text = '{\n  "plans": {\n    "pro": { "title": "Pro", "usd": 5 }, // for shops\n  },\n}\n';
    assert.equal(
      withForm(text, form, ['', '7.5', '10', '1m']),
      '{\n  "plans": {\n    "pro": { "usd": 7.5, "rate": { "calls": 10, "per": "1m" } }, // for shops\n  },\n}\n',
    );
  });
});
