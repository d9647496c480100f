import type { Cause, Evidence, Facts, Party } from '../shared/finding.ts';
import type { Text } from '../shared/text.ts';
import type { View } from './view.ts';

/** What a rule says of an exchange. What it leaves out is filled in from the exchange and the cause. */
export interface Verdict {
  readonly cause: Cause;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  readonly alternatives?: readonly Cause[];
  readonly party?: Party;
  readonly facts?: Facts;
  /** Said instead of what follows from the cause. */
  readonly summary?: Text;
  /** Set where the rule knows better than the cause whether waiting helps. */
  readonly retryHelps?: boolean;
}

/** One way to tell a refusal's cause. `name` is the name of its file. */
export interface Rule {
  readonly name: string;
  readonly look: (view: View) => Verdict | null;
}
