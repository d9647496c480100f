import type { CallSite } from '../../../src/shared/callSite.ts';
import type { ExchangeId, ExchangeSummary } from '../../../src/shared/exchange.ts';
import type { Diagnosis } from '../../../src/shared/finding.ts';

/** A row of the log, answered with 200 unless told otherwise. */
export function row(number: number, more: Partial<ExchangeSummary> = {}): ExchangeSummary {
  return {
    id: `exchange-${String(number)}` as ExchangeId,
    number,
    startedAt: 1_700_000_000_000 + number * 1000,
    state: 'complete',
    api: 'openrouter',
    provider: 'openrouter',
    method: 'POST',
    host: 'openrouter.ai',
    path: '/api/v1/chat/completions',
    status: 200,
    requestSize: 120,
    responseSize: 340,
    duration: 80,
    contentType: 'application/json',
    model: null,
    callSite: site(12),
    diagnosis: null,
    replayOf: null,
    simulated: false,
    usage: null,
    costUsd: null,
    costEstimated: false,
    ...more,
  };
}

/** A row that was refused for want of credit. */
export function refusal(number: number, more: Partial<ExchangeSummary> = {}): ExchangeSummary {
  return row(number, { status: 402, diagnosis, ...more });
}

export function site(line: number, file = '/home/dev/app.ts'): CallSite {
  return { file, line, column: 20, function: 'ask', certainty: 'exact' };
}

export const diagnosis: Diagnosis = {
  rule: 'statusAlone',
  cause: 'insufficient_funds',
  alternatives: [],
  responsibleParty: 'caller',
  confidence: 0.9,
  summary: { message: 'The account is out of credit.', args: [] },
  evidence: [{ source: 'body', path: '/error/message', quote: 'out of `credit`' }],
  retry: { helps: false, afterSeconds: null },
  facts: {},
};
