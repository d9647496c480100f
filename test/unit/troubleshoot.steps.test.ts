import assert from 'node:assert/strict';
import { providerById } from '../../src/providers/index.ts';
import type { AccountReport } from '../../src/shared/account.ts';
import type { CallHistory } from '../../src/shared/callHistory.ts';
import type { CredentialLook } from '../../src/shared/credentialLook.ts';
import type { Exchange } from '../../src/shared/exchange.ts';
import { causes, type Cause, type Diagnosis } from '../../src/shared/finding.ts';
import type { ApiStatus } from '../../src/shared/protocol.ts';
import { plain, text } from '../../src/shared/text.ts';
import type { Step } from '../../src/shared/troubleshooting.ts';
import { changesBetween } from '../../src/troubleshoot/changes.ts';
import { contactStep } from '../../src/troubleshoot/contact.ts';
import type { Known } from '../../src/troubleshoot/known.ts';
import { paymentStep } from '../../src/troubleshoot/payment.ts';
import { subscriptionStep } from '../../src/troubleshoot/subscription.ts';
import { tokenStep } from '../../src/troubleshoot/token.ts';
import { usageStep } from '../../src/troubleshoot/usage.ts';
import { diagnosis as noCredit, refusal } from './extension/rows.ts';

const callAt = Date.UTC(2026, 4, 1, 12);

function exchange(cause: Cause | null, more: Partial<Exchange> = {}, facts: Partial<Diagnosis> = {}): Exchange {
  const body = { size: 0, stored: 0, truncated: false, contentType: null, encoding: null };
  const head = { httpVersion: '1.1', headers: [], body };
  return {
    ...refusal(7, { startedAt: callAt, diagnosis: cause === null ? null : { ...noCredit, cause, ...facts } }),
    url: 'https://openrouter.ai/api/v1/chat/completions',
    request: { ...head, method: 'POST', path: '/api/v1/chat/completions' },
    response: { ...head, status: 402, reason: '', headers: [['x-request-id', 'req_7']], trailers: [] },
    timing: { queue: null, connect: null, tls: null, firstByte: null, download: null, total: null },
    failure: null,
    client: { port: 1, ordinal: 1, pid: null },
    credentialInjected: true,
    ...more,
  };
}

const api: ApiStatus = {
  name: 'openrouter',
  title: 'OpenRouter',
  provider: 'openrouter',
  upstream: 'https://openrouter.ai',
  url: 'http://127.0.0.1:1/openrouter',
  running: true,
  calls: 1,
  lastStatus: 402,
  lastAt: callAt,
  health: 'refused',
  credentialName: 'openrouter',
  credentialType: 'key',
  credential: { kind: 'ready', expiresAt: null, refreshable: false, from: 'stored' },
  simulation: null,
  spending: { todayUsd: 0, budgets: [] },
};

function account(state: AccountReport['state'], more: Partial<AccountReport> = {}): AccountReport {
  return {
    ...{ state, why: null, figures: { amount: 0.42, unit: 'USD' }, sentence: text('0.42 USD left.'), need: null },
    ...{ api: 'openrouter', title: 'OpenRouter', provider: 'openrouter', at: callAt, page: 'https://example.com/pay' },
    checks: [
      {
        id: 'credits',
        host: 'openrouter.ai',
        status: 200,
        reading: { state, why: null, figures: {}, sentence: text('') },
      },
    ],
    ...more,
  };
}

function known(one: Exchange, more: Partial<Known> = {}): Known {
  return {
    ...{ exchange: one, provider: providerById('openrouter'), title: 'OpenRouter', api, stored: null, account: null },
    ...{ history: null, changes: [], now: callAt + 60_000 },
    ...more,
  };
}

const look: CredentialLook = {
  ...{ kind: 'key', providers: ['openrouter'], expiresAt: null, notBefore: null, scopes: null },
  ...{ audience: [], issuer: null, fingerprint: 'abcd' },
};

const history: CallHistory = {
  ...{ since: callAt - 86_400_000, until: callAt, calls: 3, refused: 1, lastMinute: 2, lastHour: 3 },
  ...{ bytesSent: 10, bytesReceived: 10, tokens: 0, costUsd: null, lines: [], models: [], hours: [] },
  ...{ lastSuccess: null, firstRefusal: null, inARow: 1, servedSince: null },
};

const said = ({ sentences }: Step): string => sentences.map(plain).join(' ');
const valueOf = (step: Step, name: string): string | undefined =>
  step.facts.filter((one) => plain(one.name) === name).map((one) => plain(one.value))[0];

describe('The steps against a refusal', () => {
  it('are five for every cause, each with a sentence, and buttons whose names are their own', () => {
    for (const cause of [...causes, null])
      for (const simulated of [false, true])
        for (const asked of [
          null,
          account('funded'),
          account('unfunded'),
          account('unknown', { why: 'no_endpoint' }),
        ]) {
          const all = known(exchange(cause, { simulated }), { account: asked, history });
          const steps = [paymentStep, subscriptionStep, tokenStep, usageStep].map((take) => take(all));
          steps.push(contactStep(all, steps));
          for (const step of steps) {
            assert.notEqual(step.state, 'running');
            assert.notEqual(said(step).trim(), '', `${String(cause)} ${step.name}`);
          }
          const ids = steps.flatMap(({ actions }) => actions.map(({ id }) => id));
          assert.deepEqual(ids, [...new Set(ids)]);
        }
  });

  it('find for every real cause a problem, or something for a person to do', () => {
    for (const cause of causes) {
      const all = known(exchange(cause), { account: account('unknown', { why: 'no_endpoint' }), history });
      const steps = [paymentStep, subscriptionStep, tokenStep, usageStep].map((take) => take(all));
      assert.ok(
        steps.some(({ state }) => state === 'problem' || state === 'needsYou'),
        cause,
      );
    }
  });

  it('compare what is left with what the call needs', () => {
    const short = paymentStep(known(exchange('insufficient_funds'), { account: account('funded', { need: 1.31 }) }));
    assert.deepEqual([short.state, said(short)], ['problem', '0.42 USD left, this call needs 1.31.']);
    const enough = paymentStep(known(exchange('insufficient_funds'), { account: account('funded', { need: 0.1 }) }));
    assert.deepEqual([enough.state, enough.actions[0]?.id], ['needsYou', 'payment.replay']);
    const rehearsed = exchange('insufficient_funds', { simulated: true });
    assert.equal(paymentStep(known(rehearsed, { account: account('funded') })).state, 'ok');
  });

  it('do not send anybody to top up an account that is not his', () => {
    const one = exchange('insufficient_funds', {}, { responsibleParty: 'gateway_operator' });
    const step = paymentStep(known(one, { account: account('funded') }));
    assert.equal(step.state, 'needsYou');
    assert.match(said(step), /topping up yours does not help/);
  });

  it('tell a plan that is used up, and when it resets', () => {
    const figures = { amount: 0, unit: 'credits', limit: 1000, used: 1000, resetAt: callAt + 7_260_000 };
    const step = subscriptionStep(known(exchange('insufficient_funds'), { account: account('unfunded', { figures }) }));
    assert.equal(step.state, 'problem');
    assert.match(said(step), /used up\. It resets at .*, in 2 h\./);
    assert.equal(valueOf(step, 'Plan’s limit'), '1,000 credits');
  });

  it('take a call that was served for a sign that there is a plan', () => {
    const lastSuccess = { id: refusal(1).id, at: callAt - 60_000, samePlace: 'line' } as const;
    const step = subscriptionStep(known(exchange('insufficient_funds'), { history: { ...history, lastSuccess } }));
    assert.equal(step.state, 'ok');
    assert.equal(subscriptionStep(known(exchange('insufficient_funds'), { history })).state, 'unknown');
  });

  it('decode when the credential ended, and what it lacks', () => {
    const over = { ...look, expiresAt: callAt - 90_000 };
    const ended = tokenStep(known(exchange('token_expired_or_invalid'), { stored: over }));
    assert.equal(ended.state, 'problem');
    assert.match(said(ended), /had ended when the call was made/);
    assert.match(valueOf(ended, 'Ends') ?? '', /2 min before the call$/);

    const { response } = exchange(null);
    const challenge: [string, string] = ['WWW-Authenticate', 'Bearer error="insufficient_scope", scope="chat.write"'];
    const refused = {
      ...exchange('token_expired_or_invalid'),
      response: response && { ...response, headers: [challenge] },
    };
    assert.match(said(tokenStep(known(refused, { stored: look }))), /lacks a scope that the call needs: chat\.write/);
  });

  it('tell a wrong setting from a bad token, and what never arrived from what was refused', () => {
    assert.match(said(tokenStep(known(exchange('configuration_error')))), /address, a header or another setting/);
    const failure = { code: 'upstream_unreachable', message: 'Nobody listens there.', hint: 'Start it.' } as const;
    const contact = contactStep(known(exchange(null, { failure, response: null })), []);
    assert.deepEqual([contact.state, said(contact).includes('Nobody listens there. Start it.')], ['ok', true]);
  });

  it('see that it is over once the same was served', () => {
    const since = { ...history, servedSince: { id: refusal(9).id, at: callAt + 5000 } };
    const step = paymentStep(known(exchange('insufficient_funds'), { account: account('funded'), history: since }));
    assert.equal(step.state, 'ok');
  });

  it('offer a refresh where the token can be had anew, and tell when it ended by expires_in', () => {
    const credential = { kind: 'expired', expiredAt: callAt - 5000, refreshable: true } as const;
    const oauth: ApiStatus = { ...api, credentialType: 'oauth2', credential };
    const step = tokenStep(known(exchange('token_expired_or_invalid'), { api: oauth }));
    assert.match(said(step), /had ended when the call was made/);
    assert.equal(step.actions[0]?.id, 'token.refreshToken');
  });

  it('show budgets of one’s own, and blame them where they refused', () => {
    const budget = { usd: 5, per: 'day', over: 'refuse', warnAt: 0.8, scope: 'api', spentUsd: 5.1 } as const;
    const spending = { todayUsd: 5.1, budgets: [{ ...budget, since: callAt, resetsAt: callAt + 1000 }] };
    const failure = { code: 'budget_exceeded', message: 'spent', hint: 'raise it' } as const;
    const one = exchange('spend_limit_or_budget_reached', { failure });
    const step = paymentStep(known(one, { api: { ...api, spending } }));
    assert.deepEqual([step.state, step.actions[0]?.id], ['problem', 'payment.openCatalogue']);
    assert.match(valueOf(step, 'Own budget for this API') ?? '', /^5\.10 USD of 5\.00 USD spent/);
  });

  it('see a key at the wrong door, and are silent where keys of both vendors look alike', () => {
    const stripe = { ...look, providers: ['stripe'] };
    const wrong = tokenStep(known(exchange('token_expired_or_invalid'), { stored: stripe }));
    assert.match(said(wrong), /looks like one of Stripe, but the call went to OpenRouter \(openrouter\.ai\)/);
    const either = { ...look, providers: ['stripe', 'openrouter'] };
    assert.doesNotMatch(said(tokenStep(known(exchange('token_expired_or_invalid'), { stored: either }))), /looks like/);
  });

  it('know whether it was the stored credential that the vendor was asked with', () => {
    const asked = { account: account('funded'), stored: look };
    const injected = tokenStep(known(exchange('insufficient_funds'), asked));
    assert.match(said(injected), /^OpenRouter accepts the credential/);
    const same = tokenStep(
      known(exchange('insufficient_funds', { credentialInjected: false, ownCredential: look }), asked),
    );
    assert.match(said(same), /^OpenRouter accepts the credential/);
    const ownCredential = { ...look, fingerprint: '1234' };
    const other = tokenStep(known(exchange('insufficient_funds', { credentialInjected: false, ownCredential }), asked));
    assert.match(said(other), /^OpenRouter knew whose call it was.*the one that Tollgate keeps was not used/);
  });

  it('say that it was too fast, and for how long to wait', () => {
    const one = exchange('rate_limit', {}, { retry: { helps: true, afterSeconds: 20 } });
    const step = usageStep(known(one, { history }));
    assert.equal(step.state, 'problem');
    assert.match(said(step), /2 in the last minute\. It asks for a pause of 20 s\./);
  });

  it('leave the provider alone where the caller can mend it, or where it was a rehearsal', () => {
    const found = paymentStep(known(exchange('insufficient_funds'), { account: account('unfunded') }));
    assert.equal(contactStep(known(exchange('insufficient_funds')), [found]).state, 'ok');
    assert.equal(contactStep(known(exchange('account_suspended')), [found]).state, 'needsYou');
    assert.match(said(contactStep(known(exchange('account_suspended', { simulated: true })), [])), /was simulated/);
    assert.equal(valueOf(contactStep(known(exchange(null)), []), 'Write to'), 'support@openrouter.ai');
  });
});

describe('What changed between two calls', () => {
  const served = { exchange: exchange(null, { model: 'a/small', requestSize: 900 }), body: '{"max_tokens":100}' };
  const sentences = (...parameters: Parameters<typeof changesBetween>): readonly string[] =>
    changesBetween(...parameters).map(({ sentence }) => plain(sentence));

  it('is nothing where they are alike', () => {
    assert.deepEqual(sentences(served, served), []);
  });

  it('is model, tokens, size, line and key', () => {
    const { callSite } = served.exchange;
    const other = {
      exchange: exchange(null, {
        ...{ model: 'a/big', requestSize: 4000, callSite: callSite && { ...callSite, line: 14 } },
        ...{ credentialInjected: false, ownCredential: look },
      }),
      body: '{"max_completion_tokens":4096,"messages":[]}',
    };
    assert.deepEqual(sentences(served, other), [
      'The model changed from a/small to a/big.',
      'The tokens asked for changed from 100 to 4096.',
      'The line moved from 12 to 14.',
      'The request’s size changed from 900 to 4000 bytes.',
      'The program now sends a credential of its own; before, Tollgate put one in.',
    ]);
    const another = { ...other, exchange: { ...other.exchange, ownCredential: { ...look, fingerprint: '1234' } } };
    assert.deepEqual(sentences(other, another), ['The program sends another key than before.']);
  });
});
