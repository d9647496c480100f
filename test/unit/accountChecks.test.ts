import assert from 'node:assert/strict';
import { interpret } from '../../src/providers/accounts/interpret.ts';
import { relayChecks } from '../../src/providers/accounts/relays.ts';
import { providerById, providers } from '../../src/providers/index.ts';
import type { AccountCheck, AccountReading } from '../../src/shared/account.ts';
import { plain } from '../../src/shared/text.ts';

function checkOf(provider: string, id: string): AccountCheck {
  const check = providerById(provider)?.checks?.find((one) => one.id === id);
  assert.ok(check !== undefined, `${provider} ${id}`);
  return check;
}

interface Said {
  readonly status?: number;
  readonly host?: string;
  readonly before?: unknown;
}

function read(check: AccountCheck, json: unknown, { status = 200, host = 'host', before = null }: Said = {}) {
  return interpret(check, 'The vendor', json, { status, headers: [], host, before });
}

/** State, amount and unit in a line, as in `funded 0.42 USD`. */
function short({ state, why, figures: { amount, unit } }: AccountReading): string {
  return [state, why, amount, unit].filter((part) => part !== null && part !== undefined).join(' ');
}

describe('Checks of accounts', () => {
  it('have ids of their own, encrypted addresses, and names in braces that something fills', () => {
    const dates = ['today', 'tomorrow', 'month', 'monthStart'];
    for (const { id, checks = [] } of providers) {
      const ids = checks.map((check) => check.id);
      assert.deepEqual(ids, [...new Set(ids)], id);
      for (const { path, before } of checks) {
        assert.match(path, /^(?:\/|https:\/\/)/, id);
        for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g))
          assert.ok(dates.includes(name) || before !== undefined, `${id} ${name}`);
      }
    }
  });

  const cases: readonly (readonly [string, string, unknown, string, Said?])[] = [
    ['openrouter', 'credits', { data: { total_credits: 25, total_usage: 24.58 } }, 'funded 0.42 USD'],
    ['openrouter', 'credits', { data: { total_credits: 5, total_usage: 5.07 } }, 'unfunded -0.07 USD'],
    ['openrouter', 'key', { data: { limit: null, limit_remaining: null, usage: 3.1 } }, 'unknown no_balance USD'],
    ['openrouter', 'key', { data: { limit: 10, limit_remaining: 0, usage: 310 } }, 'unfunded 0 USD'],
    ['openrouter', 'key', { data: { limit: 10, limit_remaining: 2.5, usage: 310 } }, 'funded 2.5 USD'],
    ['deepseek', 'balance', deepseek('7.20', true), 'funded 7.2 CNY'],
    ['deepseek', 'balance', deepseek('0.00', false), 'unfunded 0 CNY'],
    ['deepseek', 'balance', deepseek('much', true), 'unknown unreadable'],
    ['moonshot', 'balance', { data: { available_balance: 4.5 } }, 'funded 4.5 USD', { host: 'api.moonshot.ai' }],
    ['moonshot', 'balance', { data: { available_balance: -2 } }, 'unfunded -2 CNY', { host: 'api.moonshot.cn' }],
    ['moonshot', 'usages', { usage: { limit: '100', used: '40' }, limits: [] }, 'funded 60 requests'],
    ['moonshot', 'usages', kimi('50'), 'unfunded 0 requests'],
    ['zhipu', 'plan', { data: { limits: [{ percentage: 12 }, { percentage: 90 }] } }, 'funded 10 %'],
    ['zhipu', 'plan', { success: false, msg: 'no plan' }, 'unknown no_balance'],
    ['xai', 'prepaid', { total: { val: '-1000' } }, 'stale 10 USD'],
    ['xai', 'prepaid', { total: { val: '250' } }, 'unfunded -2.5 USD'],
    ['xai', 'prepaid', { total: { val: '0' } }, 'unfunded 0 USD'],
    ['xai', 'prepaid', { total: { val: 'n/a' } }, 'unknown unreadable'],
    ['venice', 'balance', venice(true, 'USD', { usd: 3.25, diem: 0 }), 'funded 3.25 USD'],
    ['venice', 'balance', venice(true, 'DIEM', { usd: 0, diem: '12.5' }), 'funded 12.5 DIEM'],
    ['venice', 'balance', venice(false, 'USD', { usd: 0.01 }), 'unfunded 0.01 USD'],
    ['deepinfra', 'checklist', { stripe_balance: -8.4, suspended: false }, 'funded 8.4 USD'],
    ['deepinfra', 'checklist', { stripe_balance: -8.4, suspended: true }, 'unfunded 8.4 USD'],
    ['deepinfra', 'checklist', { stripe_balance: 1.5, recent: 20, limit: 20 }, 'unfunded 0 USD'],
    ['deepinfra', 'checklist', { stripe_balance: 1.5, limit: null }, 'unknown no_balance -1.5 USD'],
    ['deepgram', 'balances', { balances: [money(3), money(2)] }, 'funded 5 USD'],
    ['elevenlabs', 'subscription', characters(900, 1000), 'funded 100 characters'],
    ['elevenlabs', 'subscription', characters(1000, 1000), 'unfunded 0 characters'],
    ['elevenlabs', 'subscription', { ...characters(9, 9), allowed_to_extend_character_limit: true }, 'funded'],
    ['firecrawl', 'credits', { data: { remainingCredits: 12, planCredits: 500 } }, 'funded 12 credits'],
    ['firecrawl', 'credits', { data: { remaining_credits: 0 } }, 'unfunded 0 credits'],
    ['apify', 'limits', apify(5, 5), 'unfunded 0 USD'],
    ['tavily', 'usage', tavily(null, 990, 1000), 'funded 10 credits'],
    ['tavily', 'usage', tavily(5, 990, 1000), 'unfunded 0 credits'],
    ['vercel-ai-gateway', 'credits', { balance: '-0.05', total_used: '5.05' }, 'unfunded -0.05 USD'],
    ['poe', 'balance', { current_point_balance: 1500 }, 'funded 1500 points'],
    ['synthetic', 'quotas', { subscription: { limit: 135, requests: 135 } }, 'unfunded 0 requests'],
    ['synthetic', 'quotas', synthetic(4, 80), 'funded 4 requests'],
    ['chutes', 'quota', { quota: 'unlimited', used: 7 }, 'funded'],
    ['chutes', 'quota', { quota: 300, used: 300 }, 'unfunded 0 requests'],
    ['openai', 'costs', { data: [{ results: [{ amount: { value: 1.5 } }] }] }, 'unknown no_balance USD'],
    ['fireworks', 'summary', { totalCost: { currencyCode: 'USD', units: '3' } }, 'unknown no_balance USD'],
    ['runpod', 'balance', { data: { myself: { clientBalance: 11.25 } } }, 'funded 11.25 USD'],
    ['x', 'usage', { data: { project_cap: '100', project_usage: '100' } }, 'unfunded 0 posts'],
    ['twilio', 'balance', { balance: '-0.30', currency: 'EUR' }, 'unfunded -0.3 EUR'],
    ['stripe', 'balance', { available: [{ amount: 1250, currency: 'eur' }] }, 'unknown not_the_payer 12.5 EUR'],
    ['stripe', 'balance', { available: [{ amount: 900, currency: 'jpy' }] }, 'unknown not_the_payer 900 JPY'],
    ['github-copilot', 'quotas', copilot({ entitlement: 300, remaining: 0 }), 'unfunded 0 requests'],
    ['github-copilot', 'quotas', copilot({ entitlement: 300, remaining: 0, overage_permitted: true }), 'funded'],
    ['zenmux', 'balance', { data: { total_credits: 1.5, currency: 'usd' } }, 'funded 1.5 USD'],
  ];
  for (const [provider, id, json, expected, said] of cases)
    it(`read ${provider} ${id} as ${expected}`, () =>
      assert.equal(short(read(checkOf(provider, id), json, said)), expected));

  it('take no answer of unknown form for an empty account', () => {
    for (const { id, checks = [] } of providers)
      for (const check of [...checks, ...relayChecks])
        for (const json of [null, [], {}, { data: null }, { data: [] }, 'ok', 7, undefined])
          assert.equal(read(check, json).state, 'unknown', `${id} ${check.id} ${JSON.stringify(json)}`);
  });

  it('take no refusal for an empty account, whichever check it is', () => {
    const doubts = { 401: 'unauthorized', 403: 'key_may_not_ask', 410: 'no_endpoint', 429: 'busy', 503: 'busy' };
    for (const { checks = [] } of providers)
      for (const check of checks)
        for (const [status, why] of Object.entries(doubts)) {
          const reading = read(check, { data: { balance: 0, total_credits: 0 } }, { status: Number(status) });
          const expected = status === '401' && check.managementKey !== undefined ? 'key_may_not_ask' : why;
          assert.deepEqual([reading.state, reading.why], ['unknown', expected]);
        }
  });

  it('find what the second question needs in the answer to the first', () => {
    const find = (provider: string, id: string, json: unknown): unknown => checkOf(provider, id).before?.find(json);
    assert.deepEqual(find('xai', 'prepaid', { team_id: 'team-1' }), { team: 'team-1' });
    assert.deepEqual(find('deepgram', 'balances', { projects: [{ project_id: 'p' }] }), { project: 'p' });
    assert.deepEqual(find('fireworks', 'summary', { accounts: [{ name: 'accounts/me' }] }), { account: 'me' });
    const accounts = [
      { sid: 'ACsub', owner_account_sid: 'ACmain' },
      { sid: 'ACmain', owner_account_sid: 'ACmain' },
    ];
    assert.deepEqual(find('twilio', 'balance', { accounts }), { sid: 'ACmain' });
    assert.equal(find('twilio', 'balance', { accounts: [] }), null);
  });

  it('read relays of one’s own: LiteLLM, one-api and new-api', () => {
    const [litellm, oneApi] = relayChecks;
    assert.ok(litellm !== undefined && oneApi !== undefined);
    const info = { spend: 4, max_budget: 4, budget_reset_at: '2031-05-01T00:00:00Z' };
    const used = read(litellm, { key: 'sk', info });
    assert.equal(short(used), 'unfunded 0 USD');
    assert.equal(plain(used.sentence), 'All of 4.00 USD is used up until 2031-05-01 00:00 UTC.');
    assert.equal(short(read(litellm, { info: { spend: 4, max_budget: null } })), 'unknown no_balance USD');
    const before = { hard_limit_usd: 20 };
    assert.equal(short(read(oneApi, { total_usage: 1958 }, { before })), 'funded 0.42 USD');
    assert.equal(short(read(oneApi, { total_usage: 2000 }, { before })), 'unfunded 0 USD');
  });

  it('say in a sentence what is left', () => {
    const sentence = (json: unknown): string => plain(read(checkOf('openrouter', 'credits'), json).sentence);
    assert.equal(sentence({ data: { total_credits: 25, total_usage: 24.58 } }), '0.42 USD left.');
    assert.equal(sentence({ data: { total_credits: 1, total_usage: 0.99588 } }), '0.0041 USD left.');
    assert.match(sentence({ data: { total_credits: 1, total_usage: 1 } }), /no funds left: its balance is 0\.00 USD/);
  });

  it('read what a token costs', () => {
    const price = providerById('openrouter')?.price;
    assert.equal(price?.path('openai/gpt-5:online'), '/api/v1/models/openai/gpt-5/endpoints');
    assert.equal(price.path('gpt-5'), null);
    const endpoints = [{ pricing: { completion: '0.00001' } }, { pricing: { completion: '0.000008' } }];
    assert.deepEqual(price.read({ data: { endpoints } }), { perToken: 0.000008, perInputToken: null, unit: 'USD' });
    assert.equal(price.read({}), null);
  });
});

function deepseek(total: string, available: boolean): unknown {
  return { is_available: available, balance_infos: [{ currency: 'CNY', total_balance: total, granted_balance: '0' }] };
}

function kimi(used: string): unknown {
  const detail = { limit: '50', used, resetTime: '2031-01-01T00:00:00Z' };
  return { usage: { limit: '1000', used: '12' }, limits: [{ window: { duration: 300 }, detail }] };
}

function venice(canConsume: boolean, consumptionCurrency: string, balances: object): unknown {
  return { canConsume, consumptionCurrency, balances };
}

function money(amount: number): unknown {
  return { balance_id: 'b', amount, units: 'usd' };
}

function characters(count: number, limit: number): object {
  return { character_count: count, character_limit: limit, next_character_count_reset_unix: 1_900_000_000 };
}

function apify(used: number, limit: number): unknown {
  return {
    data: {
      monthlyUsageCycle: { endAt: '2031-01-31T23:59:59.999Z' },
      limits: { maxMonthlyUsageUsd: limit },
      current: { monthlyUsageUsd: used },
    },
  };
}

function tavily(keyLimit: number | null, used: number, limit: number): unknown {
  return { key: { usage: 5, limit: keyLimit }, account: { plan_usage: used, plan_limit: limit, paygo_limit: null } };
}

function synthetic(remaining: number, percentRemaining: number): unknown {
  return { rollingFiveHourLimit: { max: 100, remaining }, weeklyTokenLimit: { percentRemaining } };
}

function copilot(premium: object): unknown {
  return {
    quota_reset_date: '2031-01-01',
    quota_snapshots: { chat: { unlimited: true, entitlement: -1, remaining: 0 }, premium_interactions: premium },
  };
}
