import type { CallsInTime } from './callHistory.ts';
import type { ExchangeId } from './exchange.ts';
import { text, type Text } from './text.ts';

/** The five classic steps against a refused payment, in order. */
export const stepNames = ['payment', 'subscription', 'token', 'usage', 'contact'] as const;
export type StepName = (typeof stepNames)[number];

export const stepTitles: Readonly<Record<StepName, Text>> = {
  payment: text('Payment details and funds'),
  subscription: text('Subscription and plan'),
  token: text('Token'),
  usage: text('Usage log'),
  contact: text('Contact the provider'),
};

/**
 * How a step stands. `running`: not known yet. `problem`: here lies the cause, or part of it. `unknown`: it could not be
 * checked. `needsYou`: a person has to look or to act.
 */
export const stepStates = ['running', 'ok', 'problem', 'unknown', 'needsYou'] as const;
export type StepState = (typeof stepStates)[number];

export const stateTitles: Readonly<Record<StepState, Text>> = {
  running: text('Checking…'),
  ok: text('In order'),
  problem: text('Problem'),
  unknown: text('Could not be checked'),
  needsYou: text('Needs you'),
};

/** Something that a step was told from. */
export interface StepFact {
  readonly name: Text;
  readonly value: Text;
}

/** What the editor can do for a step. */
export type StepCall =
  | 'checkAgain'
  | 'replay'
  | 'refreshToken'
  | 'setCredential'
  | 'openCatalogue'
  | 'reveal'
  | 'showCalls'
  | 'copyReport'
  | 'saveReport'
  | 'mailReport'
  | 'openSupport';

/** A step's button: a page, another exchange in the log, or something to do. `id` is its own among all steps. */
export type StepAction =
  | { readonly kind: 'open'; readonly id: string; readonly title: Text; readonly url: string }
  | { readonly kind: 'show'; readonly id: string; readonly title: Text; readonly exchange: ExchangeId }
  | { readonly kind: 'call'; readonly id: string; readonly title: Text; readonly call: StepCall };

/** One step of the checklist. */
export interface Step {
  readonly name: StepName;
  readonly state: StepState;
  readonly sentences: readonly Text[];
  readonly facts: readonly StepFact[];
  readonly actions: readonly StepAction[];
  /** Calls in each hour of the last day that had some, oldest first. */
  readonly hours?: readonly CallsInTime[];
}

/** The checklist for one exchange, as far as it has been filled in. */
export interface Troubleshooting {
  readonly id: ExchangeId;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  /** Null while steps are running. */
  readonly finishedAt: number | null;
  /** True for a rehearsed refusal. */
  readonly simulated: boolean;
  /** What it comes to; null until all steps are done. */
  readonly conclusion: Text | null;
  /** All five, in order. */
  readonly steps: readonly Step[];
}
