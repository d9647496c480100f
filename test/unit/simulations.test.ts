import assert from 'node:assert/strict';
import { providers } from '../../src/providers/index.ts';
import { diagnose } from '../../src/rules/index.ts';
import type { Diagnosis } from '../../src/shared/finding.ts';
import { challengeProtocols, type SimulatedCause } from '../../src/shared/simulation.ts';
import { canBreakOff, simulation, simulations, type Simulation } from '../../src/simulations/index.ts';

const request = {
  method: 'POST',
  path: '/v1/chat/completions',
  headers: [['content-type', 'application/json']],
  body: '{"model":"a-model","max_tokens":4096}',
} as const;

function diagnosed(provider: string | null, host: string, { status, headers, body }: Simulation): Diagnosis | null {
  return diagnose({
    provider,
    request: { ...request, host },
    response: { status, headers, trailers: [], body, truncated: false },
  });
}

function causeOf(cause: SimulatedCause): string {
  return (challengeProtocols as readonly string[]).includes(cause) ? 'payment_protocol_challenge' : cause;
}

/** Each provider with each of its causes whose answer the rules read as something else. */
function misread(midStream: boolean): string[] {
  return [...providers, null].flatMap((provider) => {
    const id = provider?.id ?? null;
    const host = provider === null ? 'api.example.test' : new URL(provider.upstream).host;
    return simulations(id).flatMap((cause) => {
      if (midStream && !canBreakOff(id, cause)) return [];
      const answer = simulation(id, cause, { midStream });
      assert.ok(answer !== null);
      const found = diagnosed(id, host, answer);
      return found?.cause === causeOf(cause)
        ? []
        : [
            `${id ?? 'unknown'}:${cause} read as ${found?.cause ?? 'nothing'} by ${found?.rule ?? 'no rule'}: ${answer.body.slice(0, 160)}`,
          ];
    });
  });
}

describe('simulations', () => {
  it('are all diagnosed as the cause that they rehearse', () => {
    assert.deepEqual(misread(false), []);
  });

  it('are diagnosed in the middle of a stream as well', () => {
    assert.deepEqual(misread(true), []);
  });

  it('cover at least ten causes of every vendor but processors of payments', () => {
    for (const { id } of providers) {
      const least = ['stripe', 'paypal', 'checkout-com'].includes(id) ? 5 : 10;
      assert.ok(simulations(id).length >= least, `${id}: ${simulations(id).join(', ')}`);
    }
  });

  it('take up the model and the tokens that the call asked for', () => {
    const answer = simulation('openrouter', 'insufficient_funds', { tokens: 9000 });
    assert.match(answer?.body ?? '', /requested up to 9000 tokens, but can only afford 990/);
    assert.match(simulation('openai', 'rate_limit', { model: 'gpt-5' })?.body ?? '', /for gpt-5 in organization/);
  });

  it('know no declined card of a vendor that sells models', () => {
    assert.equal(simulation('openai', 'card_declined'), null);
    assert.notEqual(simulation('stripe', 'card_declined'), null);
  });
});
