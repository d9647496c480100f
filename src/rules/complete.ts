import type { Diagnosis } from '../shared/finding.ts';
import { factsOf } from './facts.ts';
import { partyOf } from './party.ts';
import { retryOf } from './retry.ts';
import type { Verdict } from './rule.ts';
import { summary } from './summary.ts';
import type { View } from './view.ts';

/** A whole diagnosis from a rule's verdict: what the rule left open is read from the exchange or follows from the cause. */
export function complete(view: View, rule: string, verdict: Verdict): Diagnosis {
  const retry = retryOf(view, verdict);
  const { cause } = verdict;
  const facts = { ...factsOf(view, retry), ...verdict.facts };
  const party = verdict.party ?? partyOf(view, cause);
  const sure =
    view.successful && !['paymentChallenge', 'vendorCode'].includes(rule)
      ? verdict.confidence - 0.05
      : verdict.confidence;
  return {
    rule,
    cause,
    alternatives: [...new Set(verdict.alternatives ?? [])].filter((other) => other !== cause).slice(0, 3),
    responsibleParty: party,
    confidence: Math.round(sure * 100) / 100,
    summary: verdict.summary ?? summary({ view, cause, party, facts, retry }),
    evidence: statusToo(view, verdict),
    retry,
    facts,
  };
}

function statusToo(view: View, { evidence }: Verdict): Diagnosis['evidence'] {
  if (view.status === null || evidence.some(({ source }) => source === 'status')) return evidence;
  return [...evidence, { source: 'status', path: '', quote: String(view.status) }];
}
