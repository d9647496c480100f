/** What an answer's headers tell about what is left of a quota, or of the money. */
export interface Gauge {
  /** Tells it from the other gauges of the same account: `requests`, `tokens/minute`, `balance USD`. */
  readonly name: string;
  /** A balance is money or credits; anything else is a quota. */
  readonly kind: 'quota' | 'balance';
  /** What is counted: `requests`, `tokens`, `USD`, `credits` … `%` where only the share is told. */
  readonly unit: string;
  readonly remaining: number;
  /** Null where it is not told. */
  readonly limit: number | null;
  /** Seconds that the limit is for; null where that is not known. */
  readonly window: number | null;
  /** When it is whole again, in milliseconds since 1970 by the clock of whoever reads; null where it is not told. */
  readonly resetAt: number | null;
}

/** An answer's headers, as those who read gauges see them. */
export interface GaugeHeaders {
  /** The value of a header by its name in lower case. */
  readonly get: (name: string) => string | undefined;
  /** The same as a number; null where it is none. */
  readonly number: (name: string) => number | null;
  /** Milliseconds since 1970 for a moment in any notation: a date, a time, seconds from now. Null where it is none. */
  readonly moment: (value: string | undefined) => number | null;
}

/** What the quota headers of one vendor mean, where their names do not say it. */
export interface Quotas {
  /**
   * Seconds of the period that a quota is for, by the rest of its header's name: `requests` for
   * `x-ratelimit-limit-requests`; the empty name for `x-ratelimit-limit`.
   */
  readonly windows?: Readonly<Record<string, number>>;
  /** True where what is used comes back bit by bit, and the reset is when all of it is there again. */
  readonly refills?: true;
  /** Reads headers that are not of the usual family. */
  readonly read?: (headers: GaugeHeaders) => readonly Gauge[];
}

/** Seconds of the periods that quotas are for. A month is the longest there is. */
export const periods = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_678_400 } as const;
