import assert from 'node:assert/strict';
import { remedies } from '../../src/fixes/index.ts';
import { withEdits } from '../../src/fixes/source/memberEdits.ts';
import { parseCatalogue } from '../../src/gateway/parseCatalogue.ts';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import type { Cause, Finding, Retry } from '../../src/shared/finding.ts';
import { providerById } from '../../src/providers/index.ts';
import type { Remedy } from '../../src/shared/remedy.ts';
import { plain, text } from '../../src/shared/text.ts';

const catalogue = `{
  // Ours.
  "apis": {
    "openai": {
      "provider": "openai", // the main one
    },
    "groq": { "provider": "groq", "title": "Groq" },
    "openrouter": { "provider": "openrouter" },
    "stripe": { "provider": "stripe" },
  },
}
`;

function offered(cause: Cause, source: string, retry: Retry = { helps: false, afterSeconds: null }): readonly Remedy[] {
  const finding: Finding = {
    ...{ key: 'k', api: 'openai', provider: 'openai', callSite: null, method: 'POST', host: 'api.openai.com' },
    ...{ path: '/v1/chat/completions', status: 429, exchangeId: 'e' as ExchangeId, exchangeNumber: 1 },
    ...{ firstAt: Date.now(), lastAt: Date.now(), count: 1, simulated: false },
    diagnosis: {
      ...{ rule: 'vendorCode', cause, alternatives: [], responsibleParty: 'caller', confidence: 1, evidence: [] },
      ...{ summary: text(''), retry, facts: { model: 'gpt-5' } },
    },
  };
  return remedies({
    ...{
      finding,
      provider: providerById('openai'),
      document: null,
      apiUrl: 'http://127.0.0.1:1/openai',
      credential: null,
    },
    catalogue: { file: '/w/tollgate.jsonc', label: 'tollgate.jsonc', languageId: 'jsonc', text: source },
  });
}

function edited(list: readonly Remedy[], id: string): string {
  const remedy = list.find((one) => one.id === id);
  assert.ok(remedy?.kind === 'edit', id);
  assert.equal(remedy.save, true);
  return withEdits(catalogue, remedy.edits);
}

describe('Fixes that the gateway carries out', () => {
  it('let calls wait, with comments kept', () => {
    const list = offered('rate_limit', catalogue, { helps: true, afterSeconds: 20 });
    const after = edited(list, 'waitInGateway');
    assert.match(after, /\/\/ the main one/);
    const { catalogue: parsed, problems } = parseCatalogue(after);
    assert.deepEqual(problems, []);
    assert.deepEqual(parsed?.apis.openai?.retryAfter, { queue: true, maxWait: 60, maxQueued: 100 });
    assert.ok(
      !offered('rate_limit', after, { helps: true, afterSeconds: 20 }).some(({ id }) => id === 'waitInGateway'),
    );
  });

  it('offer the time at which to replay, and no wait that nobody would sit through', () => {
    const list = offered('rate_limit', catalogue, { helps: true, afterSeconds: 600 });
    const wait = list.find(({ id }) => id === 'waitAndReplay');
    assert.match(plain(wait?.title ?? text('')), /^Wait until \d\d:\d\d and replay$/);
    const long = offered('usage_quota_exceeded', catalogue, { helps: true, afterSeconds: 400_000 });
    assert.ok(!long.some(({ id }) => id === 'waitAndReplay' || id === 'waitInGateway'));
  });

  it('fall back to each other API of the same dialect, by the model’s name there', () => {
    const list = offered('insufficient_funds', catalogue);
    const parsed = parseCatalogue(edited(list, 'fallBack.openrouter'));
    assert.deepEqual(parsed.problems, []);
    assert.deepEqual(parsed.catalogue?.apis.openai?.fallback, [{ api: 'openrouter', model: 'openai/gpt-5' }]);
    const groq = parseCatalogue(edited(list, 'fallBack.groq')).catalogue?.apis.openai?.fallback?.[0];
    assert.ok(groq !== undefined && 'api' in groq && groq.api === 'groq' && groq.model !== undefined);
    assert.ok(!list.some(({ id }) => id === 'fallBack.stripe'));
    assert.ok(list.some(({ id }) => id === 'secondCredential'));
  });

  it('append to the fallbacks that there are, and offer none twice', () => {
    const first = edited(offered('insufficient_funds', catalogue), 'fallBack.openrouter');
    const again = offered('insufficient_funds', first);
    assert.ok(!again.some(({ id }) => id === 'fallBack.openrouter'));
    const remedy = again.find(({ id }) => id === 'fallBack.groq');
    assert.ok(remedy?.kind === 'edit');
    const both = parseCatalogue(withEdits(first, remedy.edits));
    assert.deepEqual(both.problems, []);
    assert.deepEqual(
      both.catalogue?.apis.openai?.fallback?.map((entry) => 'api' in entry && entry.api),
      ['openrouter', 'groq'],
    );
  });

  it('are not offered for what no other account mends', () => {
    const list = offered('configuration_error', catalogue);
    assert.ok(!list.some(({ id }) => id.startsWith('fallBack') || id === 'secondCredential'));
  });
});
