import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LimitRule, Spender } from '../../src/gateway/budget/limit.ts';
import { createLimits, type Reservation } from '../../src/gateway/budget/limits.ts';
import { createRates } from '../../src/gateway/access/rates.ts';

const spender: Spender = { team: 'web', application: 'shop', key: 'k', api: 'x', model: '', term: '' };

function rule(more: Partial<LimitRule>): LimitRule {
  return {
    ...{ id: 'b', kind: 'budget', source: 'b', title: 'b', scope: {}, each: null, measure: 'calls', amount: 100 },
    ...{ per: 'total', rollingMs: 0, over: 'refuse', warnAt: 0.8, status: 402, reserve: null, notBefore: 0 },
    ...more,
  };
}

describe('A limit', () => {
  it('for 100 calls lets exactly 100 of 1,000 parallel ones through, in whatever order they end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1000, maxLength: 1000 }), async (waits) => {
        const limits = createLimits();
        limits.configure([rule({})], []);
        let passed = 0;
        await Promise.all(
          waits.map(async (turns) => {
            const reserved = limits.reserve(spender);
            if (reserved.kind === 'exhausted') return;
            passed++;
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            reserved.reservation.settle({ calls: 1, tokens: 0, usd: 0 });
          }),
        );
        assert.equal(passed, 100);
        assert.deepEqual([limits.states()[0]?.spent, limits.states()[0]?.reserved], [100, 0]);
      }),
      { numRuns: 20 },
    );
  });

  it('holds likewise for every scope, measure and window: of 1,000 parallel calls those pass that fit, and no others', async () => {
    const dimensions = ['team', 'application', 'key', 'api', 'model'] as const;
    const kinds = fc.record({
      dimension: fc.constantFrom(...dimensions),
      each: fc.boolean(),
      measure: fc.constantFrom('calls', 'tokens', 'usd'),
      per: fc.constantFrom('total', 'day', 'month', 'rolling'),
      waits: fc.array(fc.nat(3), { minLength: 1000, maxLength: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(kinds, async ({ dimension, each, measure, per, waits }) => {
        const unit = { calls: 1, tokens: 250, usd: 0.07 }[measure];
        const at = new Date(2026, 4, 10, 12).getTime();
        const limits = createLimits(() => at);
        const whose: Spender = { ...spender, model: 'm' };
        const scope = each ? {} : { [dimension]: whose[dimension] };
        const rollingMs = per === 'rolling' ? 3_600_000 : 0;
        const amount = unit * 100;
        const reserve = measure === 'calls' ? null : unit;
        limits.configure(
          [rule({ scope, each: each ? dimension : null, measure, amount, per, rollingMs, reserve })],
          [],
        );
        let passed = 0;
        const call = async (one: Spender, turns: number): Promise<boolean> => {
          const reserved = limits.reserve(one);
          if (reserved.kind === 'exhausted') return false;
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          reserved.reservation.settle({ calls: 1, tokens: 250, usd: 0.07 });
          return true;
        };
        const other = { ...whose, [dimension]: 'another' };
        await Promise.all(
          waits.map(async (turns) => {
            if (await call(whose, turns)) passed++;
          }),
        );
        assert.equal(passed, 100, `${dimension} ${measure} ${per}`);
        // Another is not held up by it.
        assert.ok(await call(other, 0), dimension);
        const state = limits.states().find(({ spent }) => spent > unit * 99);
        assert.deepEqual([state?.reserved, Math.abs((state?.spent ?? 0) - amount) < 1e-6], [0, true]);
      }),
      { numRuns: 40 },
    );
  });

  it('that only warns lets all of 1,000 pass, and says how far beyond they are', () => {
    const limits = createLimits();
    limits.configure([rule({ over: 'warn' })], []);
    for (let call = 0; call < 1000; call++) {
      const reserved = limits.reserve(spender);
      assert.ok(reserved.kind === 'granted');
      reserved.reservation.settle({ calls: 1, tokens: 0, usd: 0 });
    }
    assert.deepEqual([limits.states()[0]?.spent, limits.states()[0]?.limit], [1000, 100]);
  });

  it('in dollars is never overspent where no call costs more than is set aside for it', () => {
    const step = fc.record({ ends: fc.boolean(), cents: fc.integer({ min: 0, max: 50 }), sent: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const limits = createLimits();
        limits.configure([rule({ measure: 'usd', amount: 5, reserve: 0.5 })], []);
        const running: Reservation[] = [];
        for (const { ends, cents, sent } of steps) {
          if (ends) running.shift()?.settle(sent ? { calls: 1, tokens: 0, usd: cents / 100 } : null);
          else {
            const reserved = limits.reserve(spender);
            if (reserved.kind === 'granted') running.push(reserved.reservation);
          }
          const [state] = limits.states();
          assert.ok(state !== undefined && state.spent + state.reserved <= 5 + 1e-6, JSON.stringify(state));
        }
        for (const one of running) one.settle(null);
        assert.ok(Math.abs(limits.states()[0]?.reserved ?? 1) < 1e-6);
      }),
      { numRuns: 100 },
    );
  });

  it('counts separately for each application, and only what its scope names', () => {
    const limits = createLimits();
    limits.configure([rule({ amount: 1, each: 'application', scope: { api: 'x' } })], []);
    const kindOf = (application: string, api = 'x'): string => limits.reserve({ ...spender, application, api }).kind;
    assert.deepEqual(
      [kindOf('shop'), kindOf('shop'), kindOf('blog'), kindOf('blog', 'y'), kindOf('blog')],
      ['granted', 'exhausted', 'granted', 'granted', 'exhausted'],
    );
  });

  it('that moves has room again when what was used has left its window, and not before', () => {
    let now = 1_000_000_000_000;
    const limits = createLimits(() => now);
    limits.configure([rule({ amount: 2, per: 'rolling', rollingMs: 60_000 })], []);
    const call = (): string => {
      const reserved = limits.reserve(spender);
      if (reserved.kind === 'granted') reserved.reservation.settle({ calls: 1, tokens: 0, usd: 0 });
      return reserved.kind;
    };
    assert.deepEqual([call(), call(), call()], ['granted', 'granted', 'exhausted']);
    assert.equal(limits.states()[0]?.resetsAt, now + 60_000);
    now += 59_000;
    assert.equal(call(), 'exhausted');
    now += 1_001;
    assert.equal(call(), 'granted');
  });

  it('keeps what is set aside when it is declared anew', () => {
    const limits = createLimits();
    limits.configure([rule({ amount: 1 })], []);
    const reserved = limits.reserve(spender);
    limits.configure([rule({ amount: 2 })], [{ ...spender, at: Date.now(), calls: 1, tokens: 0, usd: 0 }]);
    assert.equal(limits.reserve(spender).kind, 'exhausted');
    if (reserved.kind === 'granted') reserved.reservation.settle(null);
    assert.equal(limits.reserve(spender).kind, 'granted');
  });
});

describe('A rate', () => {
  it('lets a burst pass and then one call at a time, whatever the clock does between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }), (pauses) => {
        let now = 0;
        const rates = createRates(() => now);
        let passed = 0;
        for (const pause of pauses) {
          now += pause;
          const { granted, retryMs } = rates.take('s', { calls: 10, perMs: 10_000, burst: 5 });
          if (granted) passed++;
          else assert.ok(retryMs > 0 && retryMs <= 1000);
        }
        assert.ok(passed <= 5 + Math.floor(now / 1000), `${passed} in ${now}`);
      }),
    );
  });
});
