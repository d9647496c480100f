import assert from 'node:assert/strict';
import { remedies } from '../../src/fixes/index.ts';
import { providerById, providers } from '../../src/providers/index.ts';
import { causes, parties, type Cause, type Party } from '../../src/shared/finding.ts';
import type { Provider } from '../../src/shared/provider.ts';
import type { CredentialState } from '../../src/shared/secret.ts';
import { plain } from '../../src/shared/text.ts';
import { contextOf, short } from './fixStage.ts';

/** The remedies that do something about a cause; to look at the call in the log is not among them. */
const acting: Readonly<Record<Cause, readonly string[]>> = {
  insufficient_funds: ['openBilling', 'openLink', 'openSite', 'setMaxTokens'],
  payment_method_invalid: ['openBilling', 'openLink', 'openSite'],
  payment_method_expired: ['openBilling', 'openLink', 'openSite'],
  card_declined: ['openErrors', 'openSite', 'openSupport', 'replay'],
  subscription_expired: ['openBilling', 'openLink', 'openSite'],
  subscription_inactive_or_missing: ['openBilling', 'openLink', 'openSite'],
  usage_quota_exceeded: ['openLimits', 'openBilling', 'openSite', 'replaceModel'],
  rate_limit: ['waitInGateway', 'waitAndReplay', 'replay'],
  spend_limit_or_budget_reached: ['openLimits', 'openKeys', 'openBilling', 'openSite'],
  token_expired_or_invalid: ['refreshToken', 'setCredential', 'openKeys'],
  plan_upgrade_required: ['openBilling', 'openLink', 'openSite'],
  payment_protocol_challenge: ['openProtocol'],
  payment_service_outage: ['openStatus', 'waitAndReplay', 'replay'],
  configuration_error: ['mendHeader', 'changeAddress', 'setCredential', 'openCatalogue', 'openErrors'],
  account_suspended: ['openSupport', 'openBilling', 'openSite'],
  region_or_policy: ['openErrors', 'openSupport', 'openSite', 'openCatalogue'],
};

const credential: CredentialState = { kind: 'ready', expiresAt: null, refreshable: false, from: 'stored' };

function idsFor(cause: Cause, provider: Provider | null, responsibleParty: Party = 'caller'): readonly string[] {
  const host = provider?.hosts[0]?.replace(/^\./, 'x.') ?? 'api.acme-clouds.example.com';
  const offers =
    cause === 'payment_protocol_challenge'
      ? [
          {
            ...{ protocol: 'x402' as const, scheme: 'exact', amount: '0.01', asset: 'USDC', network: 'Base' },
            ...{ payTo: null, description: null, expiresAt: null },
          },
        ]
      : undefined;
  const facts = offers === undefined ? { model: 'm' } : { offers };
  const context = contextOf({ cause, host, facts, party: responsibleParty, more: { provider, credential } });
  return remedies(context).map(({ id }) => id.replace(/\.\d+$/, ''));
}

describe('Every cause', () => {
  const kinds: readonly (readonly [string, Provider | null])[] = [
    ['a known vendor of language models', providerById('anthropic')],
    ['a known vendor of payments', providerById('stripe')],
    ['a relay that sells others’ models', providerById('openrouter')],
    ['an unknown vendor', null],
  ];
  for (const [title, provider] of kinds) {
    it(`of a refusal by ${title} has a remedy that acts on it, first of all`, () => {
      for (const cause of causes) {
        const ids = idsFor(cause, provider);
        assert.ok(acting[cause].includes(ids[0] ?? '') || ids[0] === 'checkBalance', `${cause}: ${ids.join(', ')}`);
        assert.ok(
          ids.some((id) => acting[cause].includes(id)),
          `${cause}: ${ids.join(', ')}`,
        );
        assert.ok(ids.includes('copyReport') && ids.includes('showInLog'), cause);
      }
    });
  }

  it('has one with each of the vendors known', () => {
    for (const provider of providers)
      for (const cause of causes) {
        const ids = idsFor(cause, provider);
        assert.ok(
          ids.some((id) => acting[cause].includes(id)),
          `${provider.id}, ${cause}: ${ids.join(', ')}`,
        );
      }
  });

  it('tells whoever else has to act, where the caller cannot', () => {
    for (const party of parties)
      for (const cause of causes) {
        const ids = idsFor(cause, null, party);
        const tells = party === 'gateway_operator' || party === 'site_owner' || party === 'repository_owner';
        assert.equal(ids[0] === 'copyReport', tells, `${party}, ${cause}: ${ids.join(', ')}`);
      }
  });

  it('has every remedy once', () => {
    for (const cause of causes) {
      const ids = remedies(contextOf({ cause })).map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
    }
  });
});

describe('The first remedy', () => {
  const first = (what: Parameters<typeof contextOf>[0]): string => {
    const [remedy] = remedies(contextOf(what));
    return remedy === undefined ? '' : plain(remedy.title);
  };
  const document = { text: 'c.create({ model: "claude-sonnet-5", max_tokens: 4096 })', languageId: 'python', line: 0 };
  it('against an empty account is the page where it is filled, not a cheaper model', () => {
    const what = { provider: 'anthropic', facts: { model: 'claude-sonnet-5' }, more: { document } };
    assert.equal(first(what), 'Open the billing page of Anthropic');
    assert.ok(remedies(contextOf(what)).some(({ id }) => id === 'replaceModel'));
  });
  it('is what the credit still allows, where the answer says so', () => {
    const what = { provider: 'openrouter', facts: { ...short, model: 'claude-sonnet-5' }, more: { document } };
    assert.equal(first(what), 'Ask for at most 412 tokens, as the credit allows');
  });
  it('against a plan that ended is its renewal, against a model beyond the plan its upgrade', () => {
    assert.equal(first({ cause: 'subscription_expired' }), 'Renew the subscription of OpenAI');
    assert.equal(first({ cause: 'plan_upgrade_required' }), 'Upgrade the plan of OpenAI');
    assert.equal(first({ cause: 'payment_method_expired' }), 'Change the payment method of OpenAI');
  });
  it('of an unknown vendor is its site, never that of a relay at home', () => {
    const of = (host: string): string => first({ host, more: { provider: null } });
    assert.equal(of('api.acme.com'), 'Open the site of acme.com');
    assert.equal(of('api.acme.co.uk:8443'), 'Open the site of acme.co.uk');
    for (const host of ['127.0.0.1:4000', 'localhost', 'llm.internal', '[::1]', 'proxy'])
      assert.ok(!of(host).startsWith('Open the site'), host);
  });
});
