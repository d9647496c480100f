import assert from 'node:assert/strict';
import { readGauges } from '../../../src/forecast/readGauges.ts';
import type { Gauge } from '../../../src/shared/gauge.ts';

const at = Date.UTC(2026, 10, 20, 12, 0, 0);
const hour = 3_600_000;

/** The gauges in a header dump, one `name: value` a line. */
function gaugesOf(provider: string | null, dump: string, host = 'api.example.com'): readonly Gauge[] {
  const headers = dump
    .trim()
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
    });
  return readGauges({ provider, host, at, headers });
}

function only(gauges: readonly Gauge[], name: string): Gauge {
  const found = gauges.find((gauge) => gauge.name === name);
  assert.ok(found, `no ${name} among ${gauges.map((gauge) => gauge.name).join(', ')}`);
  return found;
}

describe('Reading gauges from headers', () => {
  it('reads OpenAI’s limits, and by how fast they fill again for how long they are', () => {
    const gauges = gaugesOf(
      'openai',
      `date: Fri, 20 Nov 2026 12:00:00 GMT
       x-ratelimit-limit-requests: 5000
       x-ratelimit-limit-tokens: 200
       x-ratelimit-remaining-requests: 4999
       x-ratelimit-remaining-tokens: 20
       x-ratelimit-reset-requests: 12ms
       x-ratelimit-reset-tokens: 21h36m0s`,
    );
    const requests = only(gauges, 'requests');
    assert.deepEqual([requests.limit, requests.remaining, Math.round(requests.window ?? 0)], [5000, 4999, 60]);
    const tokens = only(gauges, 'tokens');
    assert.equal(tokens.unit, 'tokens');
    assert.equal(tokens.window, 86_400);
    assert.equal(tokens.resetAt, at + 21.6 * hour);
  });

  it('reads Anthropic’s names in the other order, with moments', () => {
    const gauges = gaugesOf(
      'anthropic',
      `anthropic-ratelimit-requests-limit: 4000
       anthropic-ratelimit-requests-remaining: 3999
       anthropic-ratelimit-requests-reset: 2026-11-20T12:00:04Z
       anthropic-ratelimit-input-tokens-limit: 400000
       anthropic-ratelimit-input-tokens-remaining: 11000
       anthropic-ratelimit-input-tokens-reset: 2026-11-20T12:01:00Z
       anthropic-ratelimit-unified-5h-utilization: 0.93
       anthropic-ratelimit-unified-5h-reset: ${String(at / 1000 + 7200)}`,
    );
    assert.equal(only(gauges, 'anthropic:requests').resetAt, at + 4000);
    assert.equal(only(gauges, 'anthropic:input-tokens').unit, 'tokens');
    const subscription = only(gauges, 'subscription/5h');
    assert.equal(Math.round(subscription.remaining), 7);
    assert.deepEqual([subscription.unit, subscription.window, subscription.resetAt], ['%', 18_000, at + 2 * hour]);
  });

  it('knows that Groq counts requests a day and tokens a minute', () => {
    const gauges = gaugesOf(
      'groq',
      `x-ratelimit-limit-requests: 14400
       x-ratelimit-limit-tokens: 18000
       x-ratelimit-remaining-requests: 14370
       x-ratelimit-remaining-tokens: 17997
       x-ratelimit-reset-requests: 2m59.56s
       x-ratelimit-reset-tokens: 7.66ms`,
    );
    assert.equal(only(gauges, 'requests').window, 86_400);
    assert.equal(only(gauges, 'tokens').window, 60);
  });

  it('reads the period in a name, whatever stands around it', () => {
    const kong = gaugesOf(null, `X-RateLimit-Limit-Month: 1000\nX-RateLimit-Remaining-Month: 80`);
    assert.deepEqual([kong[0]?.window, kong[0]?.unit, kong[0]?.remaining], [2_678_400, 'requests', 80]);
    const mistral = gaugesOf(
      'mistral',
      `x-ratelimit-limit-audio-seconds-minute: 3600\nx-ratelimit-remaining-audio-seconds-minute: 3500`,
    );
    assert.deepEqual([mistral[0]?.window, mistral[0]?.unit], [60, 'seconds']);
    const lens = gaugesOf(
      null,
      `x-rate-limit-remaining-request-per-month: 9400
       x-rate-limit-remaining-record-per-month: 100
       x-rate-limit-reset-date: 2026-12-01`,
    );
    assert.deepEqual(
      lens.map(({ unit, window, remaining }) => [unit, window, remaining]),
      [
        ['requests', 2_678_400, 9400],
        ['records', 2_678_400, 100],
      ],
    );
    const cerebras = gaugesOf(
      'cerebras',
      `x-ratelimit-limit-requests-day: 14400
       x-ratelimit-remaining-requests-day: 20
       x-ratelimit-reset-requests-day: 33011.382867097855`,
    );
    assert.equal(cerebras[0]?.window, 86_400);
    assert.equal(Math.round(((cerebras[0].resetAt ?? 0) - at) / 1000), 33_011);
  });

  it('takes two quotas of one header apart', () => {
    const gauges = gaugesOf(
      'brave-search',
      `X-RateLimit-Limit: 1, 15000
       X-RateLimit-Policy: 1;w=1, 15000;w=2592000
       X-RateLimit-Remaining: 1, 700
       X-RateLimit-Reset: 1, 1419704`,
    );
    assert.deepEqual(
      gauges.map(({ limit, remaining, window }) => [limit, remaining, window]),
      [
        [1, 1, 1],
        [15_000, 700, 2_592_000],
      ],
    );
    assert.equal(gauges[1]?.resetAt, at + 1_419_704_000);
  });

  it('reads the IETF’s older three fields, with the period in a parameter', () => {
    const gauges = gaugesOf('docker-hub', `ratelimit-limit: 100;w=21600\nratelimit-remaining: 9;w=21600`);
    assert.deepEqual(
      gauges.map(({ limit, remaining, window, resetAt }) => [limit, remaining, window, resetAt]),
      [[100, 9, 21_600, null]],
    );
    const several = gaugesOf(
      null,
      `RateLimit-Limit: 10, 10;w=1, 1000;w=86400\nRateLimit-Remaining: 5\nRateLimit-Reset: 1`,
    );
    assert.deepEqual([several[0]?.limit, several[0]?.window, several.length], [10, 1, 1]);
  });

  it('reads the IETF’s structured fields of all drafts', () => {
    const named = gaugesOf(
      null,
      `RateLimit: "burst";r=50;t=30, "daily";r=41;t=14400;pk=:dXNlcg==:
       RateLimit-Policy: "burst";q=100;w=60,"daily";q=1000;qu="requests";w=86400`,
    );
    const daily = only(named, 'daily');
    assert.deepEqual([daily.limit, daily.remaining, daily.window, daily.resetAt], [1000, 41, 86_400, at + 4 * hour]);
    const hub = gaugesOf(
      'huggingface-hub',
      `RateLimit: "api";r=489;t=189\nRateLimit-Policy: "fixed window";"api";q=500;w=300`,
    );
    assert.deepEqual([hub[0]?.name, hub[0]?.limit, hub[0]?.window], ['api', 500, 300]);
    const older = gaugesOf(null, `RateLimit: limit=100, remaining=7, reset=1800\nRateLimit-Policy: 100;w=3600`);
    assert.deepEqual([older[0]?.limit, older[0]?.remaining, older[0]?.window], [100, 7, 3600]);
  });

  it('keeps resets by our own clock, however wrong the vendor’s is', () => {
    const skewed = gaugesOf(
      null,
      `date: Fri, 20 Nov 2026 11:48:00 GMT
       x-ratelimit-limit: 60
       x-ratelimit-remaining: 3
       x-ratelimit-reset: ${String(at / 1000 - 720 + 90)}`,
    );
    assert.equal(skewed[0]?.resetAt, at + 90_000);
    const milliseconds = gaugesOf(
      null,
      `x-ratelimit-limit: 60\nx-ratelimit-remaining: 3\nx-ratelimit-reset: ${String(at + hour)}`,
    );
    assert.equal(milliseconds[0]?.resetAt, at + hour);
  });

  it('reads Venice’s balances, and a reset in seconds beside one as a moment', () => {
    const gauges = gaugesOf(
      'venice',
      `x-venice-balance-usd: 3.2105
       x-venice-balance-diem: 0
       x-ratelimit-limit-requests: 500
       x-ratelimit-remaining-requests: 499
       x-ratelimit-reset-requests: ${String(at / 1000 + 60)}
       x-ratelimit-limit-tokens: 1000000
       x-ratelimit-remaining-tokens: 999000
       x-ratelimit-reset-tokens: 54`,
    );
    assert.deepEqual(
      gauges.filter(({ kind }) => kind === 'balance').map(({ unit, remaining }) => [unit, remaining]),
      [['USD', 3.2105]],
    );
    assert.equal(only(gauges, 'requests').resetAt, at + 60_000);
    assert.equal(only(gauges, 'tokens').resetAt, at + 54_000);
  });

  it('reads the shares of a ChatGPT subscription, and its credits', () => {
    const gauges = gaugesOf(
      'openai',
      `x-codex-plan-type: plus
       x-codex-primary-used-percent: 91
       x-codex-primary-window-minutes: 300
       x-codex-primary-reset-after-seconds: 5400
       x-codex-secondary-used-percent: 34
       x-codex-secondary-window-minutes: 10080
       x-codex-secondary-reset-at: ${String(at / 1000 + 86_400)}
       x-codex-credits-has-credits: true
       x-codex-credits-unlimited: false
       x-codex-credits-balance: 125`,
    );
    const primary = only(gauges, 'subscription/primary');
    assert.deepEqual([primary.remaining, primary.window, primary.resetAt], [9, 18_000, at + 1.5 * hour]);
    assert.equal(only(gauges, 'subscription/secondary').resetAt, at + 24 * hour);
    assert.deepEqual([only(gauges, 'credits').kind, only(gauges, 'credits').remaining], ['balance', 125]);
  });

  it('reads Copilot’s snapshots, but none without a limit', () => {
    const gauges = gaugesOf(
      'github-copilot',
      `x-quota-snapshot-chat: ent=-1&ov=0.0&ovPerm=false&rem=100.0&rst=2026-12-01T00%3A00%3A00Z
       x-quota-snapshot-premium_interactions: ent=300&ov=0.0&ovPerm=false&rem=6.0&rst=2026-12-01T00%3A00%3A00Z`,
    );
    assert.deepEqual(
      gauges.map(({ name, limit, remaining, resetAt }) => [name, limit, remaining, resetAt]),
      [['premium_interactions', 300, 18, Date.UTC(2026, 11, 1)]],
    );
  });

  it('finds nothing in what is no quota, nor in an answer from a cache', () => {
    assert.deepEqual(gaugesOf(null, 'content-type: application/json\nx-ratelimit-key: abc\nretry-after: 3'), []);
    assert.deepEqual(gaugesOf(null, 'age: 30\nx-ratelimit-limit: 60\nx-ratelimit-remaining: 2'), []);
    assert.deepEqual(gaugesOf(null, 'x-ratelimit-limit: unlimited\nx-ratelimit-remaining: unlimited'), []);
    assert.deepEqual(gaugesOf('venice', 'x-venice-balance-usd: '), []);
  });
});
