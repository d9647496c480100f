import assert from 'node:assert/strict';
import { placeThatSpendsMost } from '../../src/gateway/warnings/placeThatSpendsMost.ts';
import type { Spending } from '../../src/shared/protocol.ts';
import { plain } from '../../src/shared/text.ts';
import { warningKinds, type Warning } from '../../src/shared/warning.ts';
import { warningMarkdown } from '../../src/shared/warningPages.ts';
import { span, warningLabel, warningText } from '../../src/shared/warningText.ts';

const now = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;

const quota: Warning = {
  ...{ api: 'search', kind: 'quota_running_out', model: null, unit: 'requests', remaining: 80, limit: 1000 },
  ...{ window: 86_400, resetAt: now + 4 * hour, runsOutAt: null, since: now, at: now, callSite: null, muted: false },
};
const credit: Warning = {
  ...quota,
  ...{ kind: 'credit_running_out', unit: 'USD', remaining: 3.1, limit: null, window: null, resetAt: null },
};

function told(warning: Warning): readonly string[] {
  return [plain(warningText(warning, now)), plain(warningLabel(warning, now))];
}

describe('The words of a warning', () => {
  it('name the period, what is used and the reset', () => {
    assert.deepEqual(told(quota), ['92 % of today’s requests used; resets in 4 h.', '92 % of the quota used']);
    const month = { ...quota, window: 30 * 86_400, resetAt: null, unit: '%', remaining: 0.2, limit: 100 };
    assert.equal(told(month)[0], '99 % of this month’s quota used.');
    const pace = { ...quota, remaining: 300, runsOutAt: now + 90 * 60_000 };
    assert.deepEqual(told(pace), [
      'At this pace nothing is left of today’s requests in about 2 h: 300 requests now.',
      'quota used up in about 2 h',
    ]);
  });

  it('name the amount and when it is gone', () => {
    assert.deepEqual(told({ ...credit, runsOutAt: now + 3 * hour }), [
      'At this pace out of credit in about 3 h: 3.10 USD left.',
      'out of credit in about 3 h',
    ]);
    assert.deepEqual(told({ ...credit, limit: 50 }), ['Only 3.10 USD of 50.00 USD left.', 'credit is low']);
    assert.deepEqual(told({ ...credit, remaining: -0.1 }), ['No credit is left: -0.10 USD.', 'out of credit']);
  });

  it('tell times roughly', () => {
    assert.deepEqual([0, 40_000, 12 * 60_000, 100 * 60_000, 3 * 24 * hour].map(span), [
      '1 s',
      '40 s',
      '12 min',
      '2 h',
      '3 d',
    ]);
  });

  it('are explained on a page of each kind', () => {
    for (const kind of warningKinds) assert.match(warningMarkdown(kind), new RegExp(`^# \\S.*\\n\\n\`${kind}\``));
  });
});

describe('The line that spends most', () => {
  const line = (key: string | null, calls: number, costUsd: number, tokens: number): Spending => ({
    ...{ key, calls, costUsd, tokens, firstAt: 0, lastAt: 0 },
  });
  const lines = [line('C:\\a.ts:3', 1, 0.5, 10), line('/b.ts:4', 9, 0.1, 20), line(null, 99, 9, 99)];

  it('is that of what the gauge counts', () => {
    assert.deepEqual(placeThatSpendsMost(lines, 'USD')?.file, 'C:\\a.ts');
    assert.deepEqual(placeThatSpendsMost(lines, 'requests')?.line, 4);
    assert.deepEqual(placeThatSpendsMost(lines, 'tokens')?.line, 4);
  });

  it('goes by tokens or calls where no cost is known, and is none without a line', () => {
    assert.equal(placeThatSpendsMost([line('/b.ts:4', 2, 0, 0)], 'USD')?.line, 4);
    assert.equal(placeThatSpendsMost([line(null, 2, 1, 1)], 'USD'), null);
  });
});
