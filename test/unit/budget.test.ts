import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { budgetIn, setBudgetIn } from '../../src/extension/commands/budgetText.ts';
import { remedies } from '../../src/fixes/index.ts';
import { createBudgets } from '../../src/gateway/budget/budgets.ts';
import { periodOf, type Budget } from '../../src/shared/budget.ts';
import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import type { Finding } from '../../src/shared/finding.ts';
import { formatUsd } from '../../src/shared/money.ts';
import { plain } from '../../src/shared/text.ts';
import { row } from './extension/rows.ts';

const catalogue = `{
  // What we call.
  "apis": {
    "openai": {
      "provider": "openai",
      "budget": {
        "usd": 5, // agreed with finance
        "over": "refuse"
      }
    },
    "other": { "provider": "groq" }
  }
}
`;

describe('a budget in tollgate.jsonc', () => {
  it('is raised without touching what stands around it', () => {
    assert.equal(setBudgetIn(catalogue, 'openai', { usd: 10 }), catalogue.replace('"usd": 5', '"usd": 10'));
    assert.equal(setBudgetIn(catalogue, 'openai', { over: 'warn' }), catalogue.replace('"refuse"', '"warn"'));
  });

  it('is added to an API, or for all, and removed', () => {
    const budget: Budget = { usd: 2, per: 'day', over: 'warn', warnAt: 0.8 };
    const added = setBudgetIn(catalogue, 'other', budget);
    assert.deepEqual(budgetIn(added, 'other'), budget);
    assert.match(added, /\/\/ agreed with finance/);
    const all = setBudgetIn(catalogue, null, budget);
    assert.deepEqual([budgetIn(all, null), budgetIn(catalogue, null)], [budget, null]);
    assert.equal(budgetIn(setBudgetIn(catalogue, 'openai', null), 'openai'), null);
    assert.deepEqual(budgetIn(setBudgetIn(null, null, budget), null), budget);
  });
});

describe('a period', () => {
  it('begins at local midnight, on Monday and on the first', () => {
    // A Sunday.
    const at = new Date(2026, 4, 31, 15, 30).getTime();
    const day = (dayOfMonth: number, month = 4): number => new Date(2026, month, dayOfMonth).getTime();
    assert.deepEqual(periodOf('day', at), { since: day(31), until: day(1, 5) });
    assert.deepEqual(periodOf('week', at), { since: day(25), until: day(1, 5) });
    assert.deepEqual(periodOf('month', at), { since: day(1), until: day(1, 5) });
  });
});

describe('the running total of a budget', () => {
  const budget: Budget = { usd: 1, per: 'day', over: 'refuse', warnAt: 0.8 };
  const paid = (number: number, costUsd: number, startedAt: number): ExchangeSummary =>
    row(number, { api: 'a', startedAt, costUsd });

  it('counts each call once, and begins anew at midnight', () => {
    let now = new Date(2026, 4, 30, 23, 0).getTime();
    const budgets = createBudgets(
      () => undefined,
      () => now,
    );
    budgets.configure({ a: budget }, null);
    budgets.recorded([paid(1, 0.6, now)]);
    budgets.recorded([paid(1, 0.6, now)]);
    assert.equal(budgets.spending('a').todayUsd, 0.6);
    assert.equal(budgets.exhausted('a'), null);
    budgets.recorded([paid(2, 0.5, now)]);
    assert.equal(budgets.exhausted('a')?.budget.spentUsd, 1.1);
    now += 3_600_000;
    assert.equal(budgets.exhausted('a'), null);
    assert.equal(budgets.spending('a').todayUsd, 0);
  });

  it('lets exactly 100 of 1,000 parallel calls through a budget for 100, whether their price was seen or not', async () => {
    for (const seen of [false, true]) {
      const budgets = createBudgets(() => undefined);
      budgets.configure({ a: { ...budget, over: 'refuse', usd: seen ? 1.01 : 1 } }, null);
      let number = 0;
      const call = async (): Promise<'passed' | 'refused'> => {
        const held = budgets.reserve('a');
        if (!('begun' in held)) return 'refused';
        // A credential is renewed, say: others come meanwhile.
        await setImmediate();
        const { id, ...rest } = paid(++number, 0.01, Date.now());
        held.begun(id);
        await setImmediate();
        budgets.answered(id);
        budgets.recorded([{ id, ...rest }]);
        return 'passed';
      };
      if (seen) await call();
      const results = await Promise.all(Array.from({ length: 1000 }, call));
      assert.equal(results.filter((one) => one === 'passed').length, 100);
      assert.equal(await call(), 'refused');
      budgets.dispose();
    }
  });

  it('has room again for a call that did not go out, and lets one that runs alone take what is left', () => {
    const budgets = createBudgets(() => undefined);
    budgets.configure({ a: { ...budget, over: 'refuse', usd: 1 } }, null);
    const first = budgets.reserve('a');
    assert.ok('begun' in first);
    first.begun(paid(1, 0, 0).id);
    budgets.recorded([paid(1, 0.9, Date.now())]);
    const alone = budgets.reserve('a');
    assert.ok('begun' in alone);
    assert.ok(!('begun' in budgets.reserve('a')));
    alone.release();
    assert.ok('begun' in budgets.reserve('a'));
    budgets.dispose();
  });

  it('begins with what the store knows, each API of its own and all together', async () => {
    const budgets = createBudgets(() => undefined);
    budgets.configure({ a: budget }, { ...budget, usd: 3, per: 'month' });
    const known = { calls: 1, tokens: 0, firstAt: 0, lastAt: 0 };
    await budgets.open({
      spending: () =>
        Promise.resolve([
          { ...known, key: 'a', costUsd: 0.5 },
          { ...known, key: 'b', costUsd: 2.5 },
        ]),
    });
    const exhausted = budgets.exhausted('a');
    budgets.dispose();
    assert.deepEqual([exhausted?.budget.scope, exhausted?.budget.spentUsd], ['all', 3]);
    assert.deepEqual(
      budgets.spending('a').budgets.map(({ scope, spentUsd }) => [scope, spentUsd]),
      [
        ['api', 0.5],
        ['all', 3],
      ],
    );
  });
});

describe('the fixes of a budget that is spent', () => {
  const offered = (budget: 'api' | 'all', limit: number, used: number): readonly (readonly [string, unknown])[] =>
    remedies({
      finding: finding(budget, limit, used),
      provider: null,
      document: null,
      apiUrl: null,
      credential: { kind: 'none' },
    }).map((remedy) => [plain(remedy.title), remedy.kind === 'run' ? remedy.args : remedy.id]);

  it('raise it or let it only warn, and do not ask the vendor', () => {
    const fixes = offered('api', 5, 5.02);
    assert.deepEqual(fixes.slice(0, 2), [
      ['Raise the budget to 10 USD', ['openai', { api: 'openai', usd: 10 }]],
      ['Only warn when this budget is spent', ['openai', { api: 'openai', over: 'warn' }]],
    ]);
    assert.ok(!fixes.some(([title]) => /balance|billing/i.test(title)));
  });

  it('are those of the budget for all, where that is spent', () => {
    assert.deepEqual(offered('all', 0.005, 0.012)[0], [
      'Raise the budget to 0.018 USD',
      [null, { api: null, usd: 0.018 }],
    ]);
  });
});

describe('an amount', () => {
  it('has two decimals, or as many as tell it from nothing', () => {
    assert.deepEqual([0, 5, 0.42, 12.345, 0.0061, 0.00045, 0.0000003].map(formatUsd), [
      '0.00',
      '5.00',
      '0.42',
      '12.35',
      '0.0061',
      '0.00045',
      '0.0000003',
    ]);
  });
});

function finding(budget: 'api' | 'all', limit: number, used: number): Finding {
  return {
    key: 'k',
    api: 'openai',
    provider: 'openai',
    callSite: null,
    method: 'POST',
    host: 'api.openai.com',
    path: '/v1/chat/completions',
    status: 402,
    exchangeId: 'x' as Finding['exchangeId'],
    exchangeNumber: 1,
    firstAt: 0,
    lastAt: 0,
    count: 1,
    simulated: false,
    diagnosis: {
      rule: 'ownBudget',
      cause: 'spend_limit_or_budget_reached',
      alternatives: [],
      responsibleParty: 'caller',
      confidence: 1,
      summary: { message: 'm', args: [] },
      evidence: [],
      retry: { helps: false, afterSeconds: null },
      facts: { budget, limit, used, currency: 'USD' },
    },
  };
}
