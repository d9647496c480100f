import type { Cause } from './finding.ts';
import { text, type Text } from './text.ts';

/** One try within an exchange, where the gateway may try again or elsewhere. In the order in which they were made. */
export interface Attempt {
  /** The API that was tried, and the upstream's host. */
  readonly api: string;
  readonly provider: string | null;
  readonly host: string;
  /** The name of the stored credential that was spent; null where the caller's own was, or none. */
  readonly credential: string | null;
  /** The model put in the place of the requested one; null where that was left. */
  readonly model: string | null;
  /** Null where there was no answer. */
  readonly status: number | null;
  /** Why it was refused; null where it was not. */
  readonly cause: Cause | null;
  /** `skipped`: not tried, as it was refused for that cause shortly before. */
  readonly outcome: 'answered' | 'refused' | 'skipped' | 'failed';
  /** Milliseconds from the try's begin to its answer. */
  readonly ms: number;
  /** Milliseconds that it waited in the gateway before. */
  readonly waited: number;
  /** What else is worth knowing: why a credential could not be used, why nothing else was tried. */
  readonly note: Text | null;
}

/** Says that a refused call was answered nevertheless: by another credential, or another API. */
export interface Relief {
  readonly api: string;
  /** The credential's name, where it is the same API. */
  readonly credential: string | null;
}

/** A target that is left out for a while. */
export interface CoolDown {
  readonly api: string;
  readonly credential: string | null;
  readonly cause: Cause;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** What the gateway does about refusals of one API just now. */
export interface RecourseState {
  /** Calls that wait. */
  readonly waiting: number;
  /** Until when they wait, in milliseconds since 1970; null where nothing holds them. */
  readonly opensAt: number | null;
  readonly coolDowns: readonly CoolDown[];
}

/** The sentence for a relief. */
export function reliefText({ api, credential }: Relief): Text {
  return credential === null
    ? text('"{0}" answered instead.', api)
    : text('The credential "{0}" was used instead.', credential);
}

/** Causes that nobody's waiting mends: what a fallback is for, unless its "on" says otherwise. */
export const fallbackCauses: readonly Cause[] = [
  'insufficient_funds',
  'payment_method_invalid',
  'payment_method_expired',
  'card_declined',
  'subscription_expired',
  'subscription_inactive_or_missing',
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
  'token_expired_or_invalid',
  'plan_upgrade_required',
  'account_suspended',
];
