import type { Cause, Diagnosis } from '../../shared/finding.ts';
import { fallbackCauses } from '../../shared/recourse.ts';

/**
 * What to do about an answer: `pass` it on; ask elsewhere, as this target is of no use for long (`lasting`: out of money,
 * a credential that is not valid) or for a moment (`slow`); or ask again, as it is `down`.
 */
export type Verdict = 'pass' | 'lasting' | 'slow' | 'down';

const lasting: ReadonlySet<Cause> = new Set<Cause>([...fallbackCauses, 'payment_protocol_challenge']);

/** The diagnosis counts, not the status: a 429 may be an empty wallet, and a 400 as well. */
export function verdictOn(status: number, diagnosis: Diagnosis | null): Verdict {
  if (diagnosis !== null) {
    if (lasting.has(diagnosis.cause)) return 'lasting';
    if (diagnosis.cause === 'payment_service_outage') return 'down';
    // Overloaded servers say "slow down" as well, and mean everybody.
    if (diagnosis.cause === 'rate_limit' && status < 500) return 'slow';
  }
  if (status === 429) return 'slow';
  return status >= 500 || status === 408 || status === 425 ? 'down' : 'pass';
}
