import assert from 'node:assert/strict';
import { outlook, type Circumstances, type Outlook } from '../../../src/forecast/outlook.ts';
import { extend, type Series } from '../../../src/forecast/series.ts';
import type { Gauge } from '../../../src/shared/gauge.ts';
import { defaultWarningSettings } from '../../../src/shared/warning.ts';

const start = Date.UTC(2026, 10, 20, 8);
const minute = 60_000;
const hour = 60 * minute;

const daily: Gauge = {
  ...{ name: 'requests', kind: 'quota', unit: 'requests', remaining: 0, limit: 1000, window: 86_400 },
  resetAt: start + 12 * hour,
};
const perMinute: Gauge = { ...daily, window: 60, limit: 60, resetAt: null };
const balance: Gauge = {
  ...{ name: 'balance USD', kind: 'balance', unit: 'USD', remaining: 0, limit: null, window: null, resetAt: null },
};

/** Readings as `[minutes after the start, what is left]`. */
function seriesOf(gauge: Gauge, readings: readonly (readonly [minutes: number, remaining: number])[]): Series {
  let series: Series | null = null;
  for (const [minutes, remaining] of readings)
    series = extend(series, { ...gauge, remaining }, start + minutes * minute);
  assert.ok(series);
  return series;
}

function ahead(series: Series, minutes: number, more: Partial<Circumstances> = {}): Outlook | null {
  return outlook(series, { now: start + minutes * minute, settings: defaultWarningSettings, warned: false, ...more });
}

describe('What lies ahead of a quota', () => {
  it('warns once nine tenths are used, but not by a single reading', () => {
    assert.equal(ahead(seriesOf(daily, [[0, 80]]), 0), null);
    const found = ahead(seriesOf(daily, [...[[0, 81] as const], [1, 80]]), 1);
    assert.deepEqual([found?.kind, found?.remaining, found?.runsOutAt], ['quota_running_out', 80, null]);
  });

  it('warns of a pace that leaves nothing before the reset', () => {
    // 5 a minute: 450 last an hour and a half.
    const readings = Array.from({ length: 11 }, (_, index) => [index * 6, 750 - index * 30] as const);
    const found = ahead(seriesOf(daily, readings), 60);
    assert.equal(found?.kind, 'quota_running_out');
    assert.equal(Math.round(((found.runsOutAt ?? 0) - start) / minute), 60 + 90);
  });

  it('is calm where the reset comes before the end, or the pace has slackened', () => {
    const slow = Array.from({ length: 11 }, (_, index) => [index * 6, 400 - index * 3] as const);
    assert.equal(ahead(seriesOf(daily, slow), 60), null);
    const burst = [[0, 500] as const, [1, 480] as const, [2, 460] as const];
    assert.equal(ahead(seriesOf(daily, burst), 2)?.kind, 'quota_running_out');
    assert.equal(ahead(seriesOf(daily, burst), 62), null);
  });

  it('forgets with the reset, and begins anew after it', () => {
    const used = seriesOf(daily, [...[[0, 50] as const], [1, 49]]);
    assert.ok(ahead(used, 2));
    assert.equal(ahead(used, 12 * 60), null);
    const fresh = extend(used, { ...daily, remaining: 999, resetAt: start + 36 * hour }, start + 13 * hour);
    assert.equal(fresh.count, 1);
    assert.equal(ahead(fresh, 13 * 60), null);
  });

  it('does not take answers that overtake one another for a reset', () => {
    const series = seriesOf(daily, [...[[0, 90] as const], [0.1, 88], [0.11, 89], [0.2, 86]]);
    assert.deepEqual([series.count, series.samples.at(-1)?.remaining], [4, 86]);
  });

  it('stays with a warning until it is clearly better', () => {
    const series = seriesOf(daily, [...[[0, 131] as const], [1, 130]]);
    assert.equal(ahead(series, 1), null);
    assert.equal(ahead(series, 1, { warned: true })?.kind, 'quota_running_out');
  });

  it('believes a reset without a period only while it stays where it is', () => {
    const unknown: Gauge = { ...daily, window: null, limit: 100 };
    const steady = [0, 1].reduce<Series | null>(
      (series, index) => extend(series, { ...unknown, remaining: 5 - index }, start + index * minute),
      null,
    );
    assert.ok(steady !== null && ahead(steady, 1) !== null);
    // Milliseconds taken for seconds: the reset rushes towards us.
    const running = [0, 1].reduce<Series | null>((series, index) => {
      const resetAt = start + index * minute + (59_999 - index * 50_000) * 1000;
      return extend(series, { ...unknown, remaining: 5 - index, resetAt }, start + index * minute);
    }, null);
    assert.ok(running !== null && ahead(running, 1) === null);
  });

  it('ignores limits of a minute but for those that are met again and again', () => {
    const once = seriesOf(perMinute, [...[[0, 2] as const], [0.1, 1], [0.2, 0], [1.1, 60]]);
    assert.equal(ahead(once, 2), null);
    const often = [0, 1, 2].flatMap((index) => [[index, 30] as const, [index + 0.5, 1] as const]);
    const found = ahead(seriesOf(perMinute, often), 3);
    assert.equal(found?.kind, 'rate_limit_close');
    assert.equal(ahead(seriesOf(perMinute, often), 20), null);
    const handful = often.map(([at, left]) => [at, Math.min(left, 1)] as const);
    assert.equal(ahead(seriesOf({ ...perMinute, limit: 1, window: 1 }, handful), 3), null);
  });
});

describe('What lies ahead of a balance', () => {
  it('tells when it is out at the pace of the last hour', () => {
    // A dollar an hour, three left.
    const readings = Array.from({ length: 13 }, (_, index) => [index * 5, 4 - index / 12] as const);
    const found = ahead(seriesOf(balance, readings), 60);
    assert.equal(found?.kind, 'credit_running_out');
    assert.equal(Math.round(((found.runsOutAt ?? 0) - start) / hour), 4);
  });

  it('spreads a burst over a quarter of an hour, and forgets it after an hour of rest', () => {
    const burst = seriesOf(balance, [...[[0, 10] as const], [0.2, 9.9], [0.4, 9.8]]);
    // 0.2 in a quarter of an hour: 12 hours, which is no news.
    assert.equal(ahead(burst, 0.4), null);
    const dear = seriesOf(balance, [...[[0, 10] as const], [0.2, 9.5], [0.4, 9]]);
    assert.ok(ahead(dear, 0.4));
    assert.equal(ahead(dear, 61), null);
  });

  it('waits for three readings, and begins anew after a top-up', () => {
    const two = seriesOf(balance, [...[[0, 2] as const], [1, 1]]);
    assert.equal(ahead(two, 1), null);
    const three = seriesOf(balance, [...[[0, 2] as const], [1, 1], [2, 0.5]]);
    assert.ok(ahead(three, 2));
    const full = extend(three, { ...balance, remaining: 20 }, start + 3 * minute);
    assert.equal(ahead(full, 3), null);
  });

  it('goes by one reading of an account and by what calls have cost', () => {
    const account = { spentSince: 1, spentPerHour: 2 };
    const found = ahead(seriesOf(balance, [[0, 7]]), 30, { account });
    assert.equal(found?.remaining, 6);
    assert.equal(Math.round(((found.runsOutAt ?? 0) - start) / minute), 30 + 180);
    assert.equal(ahead(seriesOf(balance, [[0, 70]]), 30, { account }), null);
  });

  it('tells of an account that is empty, and of one with a tenth of its limit left', () => {
    const none = { spentSince: 0, spentPerHour: 0 };
    assert.equal(ahead(seriesOf(balance, [[0, -0.2]]), 1, { account: none })?.urgency, 1);
    const capped = seriesOf({ ...balance, limit: 50 }, [[0, 4]]);
    assert.equal(ahead(capped, 1, { account: none })?.runsOutAt, null);
    assert.equal(ahead(seriesOf({ ...balance, limit: 50 }, [[0, 40]]), 1, { account: none }), null);
  });

  it('says nothing by a reading of the day before', () => {
    const none = { spentSince: 0, spentPerHour: 0 };
    assert.equal(ahead(seriesOf(balance, [[0, 0]]), 25 * 60, { account: none }), null);
  });
});
