import { causes, type Cause } from './finding.ts';
import { text, type Text } from './text.ts';

/** Ways to ask for a payment in the answer itself, beside the usual one (x402, version 2). */
export const challengeProtocols = ['x402_v1', 'l402', 'mpp', 'pay_per_crawl'] as const;
export type ChallengeProtocol = (typeof challengeProtocols)[number];

/** What can be rehearsed: a cause, or a price tag in the words of one protocol. */
export type SimulatedCause = Cause | ChallengeProtocol;
export const simulatedCauses: readonly SimulatedCause[] = [...causes, ...challengeProtocols];

/** Which of the matching calls are refused. `count` and `nth` are 1 or more, `probability` is above 0 and at most 1. */
export type SimulationTiming =
  | { readonly kind: 'next'; readonly count: number }
  | { readonly kind: 'every'; readonly nth: number }
  | { readonly kind: 'random'; readonly probability: number };

/** A rehearsal of one refusal: calls that match get the vendor's answer, and the upstream is not touched. */
export interface SimulationPlan {
  readonly cause: SimulatedCause;
  readonly when: SimulationTiming;
  /** Which calls; all of the API's where absent. `path` is a part of the path. */
  readonly match?: { readonly method?: string; readonly path?: string };
  /** True to let streams begin and break off with the vendor's error; calls that do not stream are refused at once. */
  readonly midStream?: boolean;
}

/** A plan that is in force. */
export interface RunningSimulation extends SimulationPlan {
  /** Calls refused so far. */
  readonly answered: number;
}

/** The answer's header that marks a rehearsal; its value is `<provider>:<cause>`. */
export const simulatedHeader = 'x-tollgate-simulated';

/** The plan in a few words: `insufficient_funds, every 3rd call`. */
export function planText({ cause, when }: SimulationPlan): Text {
  switch (when.kind) {
    case 'next':
      return when.count === 1
        ? text('{0}, at the next call', cause)
        : text('{0}, at the next {1} calls', cause, when.count);
    case 'every':
      return when.nth === 1 ? text('{0}, at every call', cause) : text('{0}, at one call in {1}', cause, when.nth);
    case 'random':
      return text('{0}, at random {1} % of the calls', cause, Math.round(when.probability * 100));
  }
}
