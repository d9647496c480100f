import assert from 'node:assert/strict';
import { findingOf } from '../../src/extension/findingBook.ts';
import { checkBalance } from '../../src/fixes/checkBalance.ts';
import { providerById } from '../../src/providers/index.ts';
import type { Diagnosis } from '../../src/shared/finding.ts';
import type { FixContext } from '../../src/shared/remedy.ts';
import { diagnosis, refusal } from './extension/rows.ts';

const credential = { kind: 'ready', expiresAt: null, refreshable: false, from: 'stored' } as const;

function offers(
  diagnosed: Partial<Diagnosis>,
  more: Partial<FixContext> = {},
  api: string | null = 'openrouter',
): boolean {
  const finding = findingOf(refusal(1, { api, diagnosis: { ...diagnosis, ...diagnosed } }));
  assert.ok(finding !== null);
  const provider = providerById('openrouter');
  return checkBalance({ finding, provider, document: null, apiUrl: null, credential, ...more }).length === 1;
}

describe('Checking the balance', () => {
  it('is offered where money or quota is the cause, or may be', () => {
    assert.ok(offers({ cause: 'insufficient_funds' }));
    assert.ok(offers({ cause: 'usage_quota_exceeded' }));
    assert.ok(offers({ cause: 'token_expired_or_invalid', alternatives: ['insufficient_funds'] }));
    assert.ok(!offers({ cause: 'rate_limit' }));
    assert.ok(!offers({ cause: 'card_declined' }));
  });

  it('is offered only where there is somebody to ask about the account that is empty', () => {
    assert.ok(offers({}, { provider: null }));
    assert.ok(!offers({}, { provider: providerById('anthropic') }));
    assert.ok(!offers({}, { credential: null }));
    assert.ok(!offers({}, {}, null));
    assert.ok(!offers({ responsibleParty: 'gateway_operator' }));
  });
});
