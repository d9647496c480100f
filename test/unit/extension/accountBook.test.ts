import assert from 'node:assert/strict';
import { AccountBook } from '../../../src/extension/accountBook.ts';
import { FindingBook } from '../../../src/extension/findingBook.ts';
import type { AccountReport } from '../../../src/shared/account.ts';
import type { Finding } from '../../../src/shared/finding.ts';
import { plain, text } from '../../../src/shared/text.ts';
import { refusal, site } from './rows.ts';

const report: AccountReport = {
  api: 'openrouter',
  title: 'OpenRouter',
  provider: 'openrouter',
  at: 1_700_000_100_000,
  state: 'funded',
  why: null,
  figures: { amount: 0.42, unit: 'USD' },
  sentence: text('{0} left.', '0.42 USD'),
  need: 1.31,
  checks: [],
  page: null,
};

function findings(): readonly Finding[] {
  const book = new FindingBook();
  book.file([refusal(1), refusal(2, { callSite: site(30) }), refusal(3, { api: 'deepseek', callSite: site(40) })]);
  return book.findings.toReversed();
}

describe('AccountBook', () => {
  it('puts the answer into the findings of that API, with what the call asked about needs', () => {
    const [asked, other, elsewhere] = findings();
    assert.ok(asked !== undefined && other !== undefined && elsewhere !== undefined);
    const book = new AccountBook();
    assert.equal(book.note(asked), asked);
    book.file(report, asked.key);
    const sentence = (finding: Finding): string => plain(book.note(finding).account?.sentence ?? text('none'));
    assert.equal(sentence(asked), '0.42 USD left, this call needs 1.31.');
    assert.equal(sentence(other), '0.42 USD left.');
    assert.equal(sentence(elsewhere), 'none');
    assert.equal(book.report('openrouter'), report);
  });

  it('gives the same object until there is another answer', () => {
    const [finding] = findings();
    assert.ok(finding !== undefined);
    const book = new AccountBook();
    book.file(report, finding.key);
    const noted = book.note(finding);
    assert.equal(book.note(finding), noted);
    book.file({ ...report, figures: { amount: 50, unit: 'USD' } }, finding.key);
    assert.notEqual(book.note(finding), noted);
    assert.equal(plain(book.note(finding).account?.sentence ?? text('')), '50.00 USD left, this call needs 1.31.');
  });
});
