import assert from 'node:assert/strict';
import { FindingBook, findingOf } from '../../../src/extension/findingBook.ts';
import type { ExchangeId } from '../../../src/shared/exchange.ts';
import { refusal, row, site } from './rows.ts';

function lines(book: FindingBook): readonly (number | undefined)[] {
  return book.findings.map(({ callSite }) => callSite?.line);
}

describe('finding book', () => {
  it('keeps one finding for each line and counts refusals in a row', () => {
    const book = new FindingBook();
    assert.equal(book.file([refusal(1), refusal(2), refusal(3, { callSite: site(20) })]), true);
    assert.deepEqual(
      book.findings.map(({ callSite, count, exchangeNumber }) => [callSite?.line, count, exchangeNumber]),
      [
        [20, 1, 3],
        [12, 2, 2],
      ],
    );
  });

  it('clears the finding when the same line is answered with 200', () => {
    const book = new FindingBook();
    book.file([refusal(1)]);
    assert.equal(book.file([row(2)]), true);
    assert.deepEqual(book.findings, []);
  });

  it('begins to count anew after a success', () => {
    const book = new FindingBook();
    book.file([refusal(1), refusal(2), row(3), refusal(4)]);
    assert.deepEqual(
      book.findings.map(({ count }) => count),
      [1],
    );
  });

  it('leaves a finding where another line, or another API on that line, succeeds', () => {
    const book = new FindingBook();
    book.file([refusal(1), row(2, { callSite: site(13) }), row(3, { api: 'openai' })]);
    assert.deepEqual(lines(book), [12]);
  });

  it('does not take an open, an aborted or an unexplained failing call for a success', () => {
    const book = new FindingBook();
    book.file([refusal(1)]);
    const changed = book.file([
      row(2, { state: 'open', status: null }),
      row(3, { state: 'aborted' }),
      row(4, { state: 'failed', status: 502 }),
      row(5, { status: 500 }),
    ]);
    assert.equal(changed, false);
    assert.deepEqual(lines(book), [12]);
  });

  it('counts an exchange once, however often it is told', () => {
    const book = new FindingBook();
    book.file([refusal(1)]);
    book.file([refusal(1), refusal(1)]);
    assert.equal(book.findings[0]?.count, 1);
  });

  it('moves a finding to its line when the call site comes after the diagnosis', () => {
    const book = new FindingBook();
    book.file([refusal(1), refusal(2, { callSite: null })]);
    assert.equal(book.findings.length, 2);
    book.file([refusal(2)]);
    assert.deepEqual(
      book.findings.map(({ callSite, count }) => [callSite?.line, count]),
      [[12, 2]],
    );
  });

  it('lets an older call that ends late say nothing', () => {
    const book = new FindingBook();
    book.file([row(2)]);
    assert.equal(book.file([refusal(1)]), false);
    book.file([refusal(4)]);
    book.file([row(3)]);
    assert.deepEqual(lines(book), [12]);
  });

  it('takes a replay for a call of the line that it repeats', () => {
    const book = new FindingBook();
    book.file([refusal(1)]);
    book.file([refusal(2, { callSite: null, replayOf: 'exchange-1' as ExchangeId })]);
    assert.deepEqual(
      book.findings.map(({ callSite, count, exchangeNumber }) => [callSite?.line, count, exchangeNumber]),
      [[12, 2, 2]],
    );
    book.file([row(3, { callSite: null, replayOf: 'exchange-2' as ExchangeId })]);
    assert.deepEqual(book.findings, []);
  });

  it('groups calls without a call site by API, method and path, whatever the query', () => {
    const book = new FindingBook();
    book.file([
      refusal(1, { callSite: null, path: '/v1/x?page=1' }),
      refusal(2, { callSite: null, path: '/v1/x?page=2' }),
    ]);
    assert.deepEqual(
      book.findings.map(({ count }) => count),
      [2],
    );
  });

  it('follows lines that were saved elsewhere, so that a success there clears them', () => {
    const book = new FindingBook();
    book.file([refusal(1), refusal(2, { callSite: site(12, '/home/dev/other.ts') })]);
    assert.equal(
      book.moveLines('/home/dev/app.ts', (line) => line + 2),
      true,
    );
    assert.equal(
      book.moveLines('/home/dev/app.ts', (line) => line),
      false,
    );
    book.file([row(3)]);
    assert.deepEqual(lines(book), [12, 14]);
    book.file([row(4, { callSite: site(14) })]);
    assert.deepEqual(
      book.findings.map(({ callSite }) => callSite?.file),
      ['/home/dev/other.ts'],
    );
  });

  it('does not bring a dismissed finding back until the line is refused again', () => {
    const book = new FindingBook();
    book.file([refusal(1)]);
    const [finding] = book.findings;
    assert.equal(book.dismiss(finding?.key ?? ''), true);
    assert.equal(book.dismiss(finding?.key ?? ''), false);
    book.file([refusal(1)]);
    assert.deepEqual(book.findings, []);
    book.file([refusal(2)]);
    assert.deepEqual(lines(book), [12]);
  });

  it('makes a finding of one row alone, and none of a healthy one', () => {
    assert.equal(findingOf(row(1)), null);
    assert.equal(findingOf(refusal(7))?.exchangeNumber, 7);
  });
});
