import assert from 'node:assert/strict';
import { accessFailureCodes, type AccessFailureCode } from '../../src/shared/access.ts';
import type { SubscriptionDecision } from '../../src/shared/accessApi.ts';
import { mendAccess } from '../../src/fixes/mendAccess.ts';
import { gatewayWith } from './accessStage.ts';
import { closeAll, echo, until, upstream, type GatewayFixture } from './support.ts';

type Json = Readonly<Record<string, unknown>>;
/** Brings about what is refused, and tells what is shown for it then. */
type Prepare = (on: Door) => Promise<Readonly<Record<string, string>>>;

interface Row {
  readonly code: AccessFailureCode;
  readonly status: 401 | 402 | 403 | 429;
  readonly prepare: Prepare;
  /** Members that programs act upon. */
  readonly says: Json;
  readonly retryAfter?: true;
}

/** A gateway whose every application is there for one refusal. */
class Door {
  readonly gateway: GatewayFixture;
  constructor(gateway: GatewayFixture) {
    this.gateway = gateway;
  }

  async key(
    application: string,
    more: object = {},
  ): Promise<{ readonly id: string; readonly shown: { authorization: string } }> {
    const { key, secret } = await this.gateway.api.issueKey({ application, name: 'ci', ...more });
    return { id: key.id, shown: { authorization: `Bearer ${secret}` } };
  }

  /** Asks for a subscription and decides on it, and shows a key of that application. */
  async subscribed(
    application: string,
    plan: string,
    ...decisions: readonly Omit<SubscriptionDecision, 'id'>[]
  ): Promise<{ readonly authorization: string }> {
    const { id } = await this.gateway.api.requestSubscription({ application, api: 'x', plan });
    for (const decision of decisions) await this.gateway.api.decideSubscription({ id, ...decision });
    return (await this.key(application)).shown;
  }

  /** The same, with one call that passes. */
  async used(application: string, plan: string): Promise<{ readonly authorization: string }> {
    const shown = await this.subscribed(application, plan, approve);
    assert.equal((await this.call('/x/chat/completions', shown)).status, 200);
    return shown;
  }

  async call(target: string, headers: Readonly<Record<string, string>>): Promise<Response> {
    const body = JSON.stringify({ model: 'x/m', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] });
    return fetch(this.gateway.url + target, {
      method: 'POST',
      body,
      headers: { ...headers, 'content-type': 'application/json' },
    });
  }
}

const approve = { decision: 'approve' } as const;
const opinion = 'as the board said';

const table: readonly Row[] = [
  { code: 'key_missing', status: 401, prepare: () => Promise.resolve({}), says: { application: null } },
  {
    ...{ code: 'key_unknown', status: 401, says: { application: null } },
    prepare: () => Promise.resolve({ authorization: 'Bearer sk-of-somebody-else' }),
  },
  {
    ...{ code: 'key_revoked', status: 401, says: { application: 'plain' } },
    prepare: async (on) => {
      const { id, shown } = await on.key('plain');
      await on.gateway.api.revokeKey({ id });
      return shown;
    },
  },
  {
    ...{ code: 'key_expired', status: 401, says: { application: 'plain' } },
    prepare: async (on) => (await on.key('plain', { expiresAt: Date.now() - 1 })).shown,
  },
  {
    ...{ code: 'token_invalid', status: 401, says: { application: null } },
    prepare: async (on) => {
      const { token } = await on.gateway.api.issueToken({ application: 'plain' });
      return { authorization: `Bearer ${token.slice(0, -6)}AAAAAA` };
    },
  },
  {
    ...{ code: 'key_scope', status: 403, says: { allowed_apis: ['y'] } },
    prepare: async (on) => (await on.key('plain', { apis: ['y'] })).shown,
  },
  {
    ...{ code: 'team_policy', status: 403, says: { team: 'bound', allowed_apis: ['y'] } },
    prepare: async (on) => (await on.key('bound')).shown,
  },
  {
    ...{ code: 'application_disabled', status: 403, says: { application: 'off' } },
    prepare: async (on) => (await on.key('off')).shown,
  },
  {
    ...{ code: 'not_subscribed', status: 403, says: { application: 'plain', subscription: null } },
    prepare: async (on) => (await on.key('plain')).shown,
  },
  {
    ...{ code: 'subscription_pending', status: 403, says: { application: 'pending' } },
    prepare: (on) => on.subscribed('pending', 'free'),
  },
  {
    ...{ code: 'subscription_rejected', status: 403, says: { decision: opinion } },
    prepare: (on) => on.subscribed('rejected', 'free', { decision: 'reject', opinion }),
  },
  {
    ...{ code: 'subscription_suspended', status: 403, says: { decision: opinion } },
    prepare: (on) => on.subscribed('suspended', 'free', approve, { decision: 'suspend', opinion }),
  },
  {
    ...{ code: 'subscription_cancelled', status: 403, says: { decision: opinion } },
    prepare: (on) => on.subscribed('cancelled', 'free', approve, { decision: 'cancel', opinion }),
  },
  {
    ...{ code: 'subscription_not_begun', status: 403, says: { application: 'later' } },
    prepare: (on) => on.subscribed('later', 'free', { ...approve, startsAt: Date.now() + 3_600_000 }),
  },
  {
    ...{ code: 'subscription_expired', status: 402, says: { application: 'expired', status: 402 } },
    prepare: async (on) => {
      const shown = await on.subscribed('expired', 'brief', approve);
      const isOver = async (): Promise<true | undefined> =>
        (await on.gateway.api.access()).subscriptions.some((one) => one.state === 'expired') ? true : undefined;
      await until(isOver, 'the end');
      return shown;
    },
  },
  {
    ...{ code: 'quota_exceeded', status: 402, prepare: (on) => on.used('sparing', 'once') },
    says: { scope: 'subscription', measure: 'calls', limit: 1, spent: 1, reserved: 0, per: 'total', resets_at: null },
  },
  {
    ...{ code: 'quota_exceeded', status: 429, retryAfter: true, prepare: (on) => on.used('patient', 'daily') },
    says: { status: 429, limit: 1, spent: 1, reserved: 0, per: 'day', 'violated-policies': ['calls'] },
  },
  {
    ...{ code: 'rate_limited', status: 429, retryAfter: true, prepare: (on) => on.used('hasty', 'slow') },
    says: { limit: 1, window_seconds: 3600, 'violated-policies': ['slow'] },
  },
  {
    ...{ code: 'budget_exceeded', status: 402, prepare: (on) => on.used('spender', 'free') },
    says: { scope: 'application', scope_id: 'spender', budget: 'b', measure: 'calls', limit: 1, spent: 1, reserved: 0 },
  },
];

describe('Every refusal of the gateway’s own', function () {
  this.timeout(60_000);
  let on: Door;
  before(async () => {
    const { url } = await upstream(echo);
    const applications = ['plain', 'pending', 'rejected', 'suspended', 'cancelled', 'later', 'expired'];
    const spending = ['sparing', 'patient', 'hasty', 'spender'];
    const gateway = await gatewayWith({
      plans: {
        free: {},
        brief: { expires: '1s' },
        once: { quota: { calls: 1, per: 'total' } },
        daily: { quota: { calls: 1, per: 'day', status: 429 } },
        slow: { rate: { calls: 1, per: '1h' } },
      },
      teams: { web: {}, bound: { policy: { apis: ['y'] } } },
      applications: {
        ...Object.fromEntries([...applications, ...spending].map((name) => [name, { team: 'web' }])),
        bound: { team: 'bound' },
        off: { team: 'web', disabled: true },
      },
      budgets: { b: { application: 'spender', calls: 1, per: 'total', over: 'refuse' } },
      apis: {
        y: { upstream: url },
        x: {
          ...{ upstream: url, provider: 'openai' },
          access: { subscription: 'manual', plans: ['free', 'brief', 'once', 'daily', 'slow'] },
        },
      },
    });
    on = new Door(gateway);
  });
  after(closeAll);

  for (const { code, status, prepare, says, retryAfter } of table)
    it(`is told as ${status} ${code}: in problem details, to SDKs, in both dialects, and as a finding with its fix`, async () => {
      const shown = await prepare(on);
      const marked = `/x/chat/completions?case=${code}-${status}`;
      // What was spent is settled a moment after its call.
      const refused = await until(async () => {
        const answer = await on.call(marked, shown);
        const body = (await answer.json()) as Json;
        return says.reserved === undefined || body.reserved === says.reserved ? { answer, body } : undefined;
      }, 'what is reserved to be settled');
      const { answer, body } = refused;
      const headers = answer.headers;
      assert.equal(answer.status, status, JSON.stringify(body));
      assert.equal(headers.get('content-type'), 'application/problem+json');
      assert.equal(headers.get('x-tollgate-error'), code);
      assert.equal(headers.get('x-should-retry'), code === 'rate_limited' ? null : 'false');
      assert.equal(headers.has('www-authenticate'), status === 401);
      assert.equal(headers.has('retry-after'), retryAfter === true);
      if (code === 'rate_limited') {
        assert.match(headers.get('ratelimit-policy') ?? '', /^"slow";q=1;w=3600$/);
        assert.match(headers.get('ratelimit') ?? '', /^"slow";r=0;t=\d+$/);
      }
      const { type, title, detail, hint, error, tollgate } = body as Record<string, string> & {
        readonly error: Json;
        readonly tollgate: Json;
      };
      assert.equal(new URL(type ?? '').href, type);
      assert.equal(type === `urn:tollgate:problem:${code}`, status !== 429);
      assert.ok((title ?? '').length > 10 && !/[.]$/.test(title ?? ''), title);
      assert.match(detail ?? '', /^\S.{15,}\.$|”$/);
      assert.match(hint ?? '', /^[A-Z].{15,}\.$/);
      assert.deepEqual([body.status, body.code, tollgate.code], [status, code, code]);
      assert.deepEqual([error.message, error.code, error.type], [detail, code, code]);
      for (const [name, value] of Object.entries(says)) assert.deepEqual(body[name], value, name);
      if (opinion === says.decision) assert.ok(detail?.includes(opinion), detail);

      const finding = await until(async () => {
        const { rows } = await on.gateway.api.exchanges({ filter: `path:case=${code}-${status}`, limit: 1 });
        return rows[0]?.diagnosis ?? undefined;
      }, 'the finding');
      assert.deepEqual([finding.rule, finding.facts.access?.code], ['ownAccess', code]);
      const context = { finding: { diagnosis: finding, api: 'x' } } as Parameters<typeof mendAccess>[0];
      // Nobody knows whom to ask for but where an application is known.
      assert.ok(mendAccess(context).length > 0, 'there is a fix');

      for (const [target, anthropic] of [
        ['/v1/chat/completions', false],
        ['/v1/messages', true],
      ] as const) {
        const translated = await on.call(target, {
          ...shown,
          ...(anthropic ? { 'anthropic-version': '2023-06-01' } : {}),
        });
        const said = (await translated.json()) as { type?: string; error: Json; tollgate: Json };
        assert.equal(translated.status, status, JSON.stringify(said));
        assert.deepEqual([said.error.code, said.tollgate.code], [code, code]);
        assert.ok(String(said.error.message).includes(hint ?? ''), String(said.error.message));
        assert.equal(said.type, anthropic ? 'error' : undefined);
        assert.equal(translated.headers.get('x-tollgate-error'), code);
        assert.equal(translated.headers.get('x-should-retry'), code === 'rate_limited' ? null : 'false');
        assert.equal(translated.headers.has('retry-after'), retryAfter === true);
      }
    });

  it('is in the table', () => {
    assert.deepEqual(new Set(table.map(({ code }) => code)), new Set(accessFailureCodes));
  });
});
