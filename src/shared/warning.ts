import type { CallSite } from './callSite.ts';

/** What is about to happen. These are the wire names and the stable codes of diagnostics. */
export const warningKinds = [
  'credit_running_out',
  'quota_running_out',
  'rate_limit_close',
  'budget_running_out',
] as const;
export type WarningKind = (typeof warningKinds)[number];

/** Stands for all APIs together, which may have a budget of their own. */
export const allApis = '*';

/** Something that will refuse calls unless somebody acts: one for each API and kind, the nearest of its kind. */
export interface Warning {
  /** The API's name in `tollgate.jsonc`, `allApis`, or its host where it is not declared. */
  readonly api: string;
  readonly kind: WarningKind;
  /** The model that it holds for, where quotas are told for one. */
  readonly model: string | null;
  /** What is counted: `requests`, `USD` … `%` where only the share is known. */
  readonly unit: string;
  readonly remaining: number;
  readonly limit: number | null;
  /** Seconds that the limit is for. */
  readonly window: number | null;
  readonly resetAt: number | null;
  /** When nothing is left at the present pace; null where the pace does not matter. Milliseconds since 1970, as all times. */
  readonly runsOutAt: number | null;
  /** When it came up, and when it was last read. */
  readonly since: number;
  readonly at: number;
  /** The line that spends most of it; null where no line is known. */
  readonly callSite: CallSite | null;
  readonly muted: boolean;
}

/** What somebody does not want to be warned of; kind null for all of that API. */
export interface Mute {
  readonly api: string;
  readonly kind: WarningKind | null;
}

/** All that is about to happen, and what is muted even where it is not. */
export interface WarningBoard {
  readonly warnings: readonly Warning[];
  readonly mutes: readonly Mute[];
}

/** How early to warn. */
export interface WarningSettings {
  readonly enabled: boolean;
  /** Percent of a quota, credit or budget used. */
  readonly usedPercent: number;
  /** Hours before something runs out at the present pace. */
  readonly hoursAhead: number;
  /** Minutes between checks of a balance that somebody has verified before; 0 for none. */
  readonly balanceCheckMinutes: number;
}

export const defaultWarningSettings: WarningSettings = {
  enabled: true,
  usedPercent: 90,
  hoursAhead: 8,
  balanceCheckMinutes: 0,
};

/** Whether a mute is about warnings of that kind. */
export function mutes(mute: Mute, { api, kind }: Pick<Warning, 'api' | 'kind'>): boolean {
  return mute.api === api && (mute.kind === null || mute.kind === kind);
}
